import redis

for name in ("Redis", "Connection", "Broker"):
    print(name, hasattr(redis, name))
