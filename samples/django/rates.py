"""Reads euro rates from the service: all that an application needs."""
import json
import os
from decimal import Decimal
from urllib.parse import urlencode
from urllib.request import urlopen

ADDRESS = os.environ.get("RATES_ADDRESS", "http://127.0.0.1:5080")


def euro_rates(providers, quotes):
    """One dictionary for each provider: its name, day, status, and its rates by quote."""
    query = urlencode({"base": "EUR", "quotes": ",".join(quotes), "providers": ",".join(providers)}, safe=",")
    with urlopen(f"{ADDRESS}/v1/rates?{query}", timeout=10) as answer:
        return json.load(answer, parse_float=Decimal)["providers"]
