"""Runs units_cur of GNU units as it is installed: requests.get leads the addresses in its code here."""
import json
import runpy
import sys
import tempfile

import requests

root, source = sys.argv[1], sys.argv[2]
HOSTS = {
    "https://www.ecb.europa.eu/stats/eurofxref": f"{root}/ecb",
    "http://data.fixer.io": f"{root}/fixer",
    "https://openexchangerates.org": f"{root}/oxr",
}
fetched = requests.get


class Metals:
    """What units_cur asks another service for; none of it is of interest here."""

    def raise_for_status(self):
        pass

    def json(self):
        return {"usd": 1}


def get(address, *values, **named):
    for host, ours in HOSTS.items():
        if address.startswith(host):
            return fetched(ours + address[len(host):], *values, **named)
    return Metals()


requests.get = get
with tempfile.NamedTemporaryFile("r", encoding="utf8") as units:
    sys.argv = ["units_cur", "-s", source, "-k", "a key", units.name]
    runpy.run_path("/usr/bin/units_cur", run_name="__main__")
    lines = [line.split() for line in open(units.name, encoding="utf8")]
names = ("ukpound", "euro", "japanyen", "US$", "uaedirham")
print(json.dumps([source, sorted(" ".join(line) for line in lines if line[:1] and line[0] in names and "|" in line[1])]))
