"""How Sphinx builds the documentation: ``make docs``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import sayso

project = "Sayso"
author = "The authors of Sayso"
version = release = sayso.__version__
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "docs.building"]
exclude_patterns = ["building", "pictures"]
source_suffix = {".md": "markdown"}

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
add_module_names = False
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = "Sayso"
html_copy_source = False
html_show_copyright = False
html_static_path = ["building/static"]
html_css_files = ["docs.css"]
html_theme_options: dict[str, list[str]] = {"footer_icons": []}
pygments_style = "friendly"
pygments_dark_style = "github-dark"
