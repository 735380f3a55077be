"""zeep reads the WSDL and calls every operation."""
import json
import sys
from decimal import Decimal

from zeep import Client, Settings
from zeep.exceptions import Fault
from zeep.helpers import serialize_object

client = Client(f"{sys.argv[1]}/soap/rates?wsdl", settings=Settings(strict=True))


def plain(value):
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items() if one is not None and one != "" and one is not False}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def tell(name, operation, **values):
    try:
        print(json.dumps([name, plain(serialize_object(operation(**values), dict))]))
    except Fault as fault:
        print(json.dumps([name, {"fault": fault.code, "message": fault.message}]))


rates = client.service
tell("side by side", rates.GetRates, base="EUR", quotes="USD,JPY", providers="ecb,boc")
tell("combined", rates.GetRates, base="USD", quotes="EUR", providers="ecb,erapi", select="first")
tell("a Sunday", rates.GetRates, quotes="JPY", providers="ecb", date="2026-08-16")
tell("convert", rates.Convert, amount=Decimal("2.50"), **{"from": "EUR", "to": "USD"}, providers="ecb")
tell("history", rates.GetHistory, provider="ecb", base="EUR", quotes="USD", **{"from": "2026-08-14", "to": "2026-08-17"})
tell("policy", rates.GetRates, quotes="JPY", policy="vat-eu", date="2026-08-16")
tell("rounded", rates.Convert, amount=Decimal("2.50"), providers="ecb", round="minor", rounding="down", **{"from": "EUR", "to": "JPY"})
tell("before its publication", rates.GetRates, quotes="JPY", providers="ecb", knownAt="2026-08-19T09:00:00Z")
tell("every day", rates.GetHistory, quotes="USD", policy="vat-eu", **{"from": "2026-08-15", "to": "2026-08-16"})
tell("a policy fixes providers", rates.GetRates, providers="ecb", policy="vat-eu")
tell("providers", lambda: [one for one in rates.GetProviders() if one.Key == "ecb"])
tell("currencies", lambda: [one for one in rates.GetCurrencies() if one.Code in ("JPY", "USD")])
tell("unknown currency", rates.GetRates, base="XYZ")
tell("each converts nothing", rates.Convert, amount=1, **{"from": "EUR", "to": "USD"}, select="each")
