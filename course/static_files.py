"""Static files: named by their content, compressed once, with the imports of ES modules rewritten to those names."""

from servestatic.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # servestatic has no types
    """Hashed names also inside `import` statements, which Django leaves alone unless asked."""

    support_js_module_import_aggregation = True
