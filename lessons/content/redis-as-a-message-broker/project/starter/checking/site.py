"""Your site on a free port of this machine: `python -m checking.site`. Its first line of output is the port."""

import os
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from django.core.wsgi import get_wsgi_application


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True


def main() -> None:
    """Serve until ended."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "choir.settings")
    with make_server("127.0.0.1", 0, get_wsgi_application(), Server) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
