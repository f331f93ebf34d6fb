"""What production makes one file of."""

import re

from django.conf import settings

from carevox.static import JOINED, joined

JS = settings.BASE_DIR / "static" / "js"


def test_the_script_of_the_site_holds_each_module_once_in_a_block_of_its_own():
    modules = re.findall(r'import "\./(.+)";', (JS / "site.js").read_text())
    assert len(modules) >= 4
    script = joined(JOINED)
    for module in modules:
        source = (JS / module).read_text()
        assert not re.search(r"^(?:import|export)\b", source, re.MULTILINE), module
        last = source.rstrip().splitlines()[-2:]
        assert script.count("\n".join([*last, "}"])) == 1, module
    assert "import" not in script
    assert script.count("{\nconst ") + script.count("{\nfor ") >= len(modules)
