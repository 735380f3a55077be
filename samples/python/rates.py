"""Euro rates of one provider, with Python's own library."""
import json
import sys
from decimal import Decimal
from urllib.request import urlopen

address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5080"
with urlopen(f"{address}/v1/rates?base=EUR&quotes=USD,GBP&providers=ecb", timeout=10) as answer:
    provider, = json.load(answer, parse_float=Decimal)["providers"]
for quote, rate in provider["rates"].items():
    print(f"1 EUR = {rate} {quote} ({provider['name']}, {provider['asOf']}, {provider['status']})")
