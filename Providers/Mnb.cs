using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Magyar Nemzeti Bank: the official rates of the forint, from its SOAP service.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x HUF.
/// Published: about 11:00 Budapest time on Hungarian banking days, for the same day.
/// Units: the <c>unit</c> attribute, 1 or 100.
/// Quirks: the answer is XML escaped inside a string of the envelope; figures have a decimal comma; days without a fixing are
/// missing, and a currency that is not quoted leaves its days empty.
/// Source: https://www.mnb.hu/arfolyamok.asmx
/// </remarks>
public sealed class Mnb : RateProvider
{
    private static readonly Currency Huf = Currency.Parse("HUF");

    // An empty list of names would be answered by no rates at all, so the service is asked first which it knows.
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Call("GetCurrencies") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? [Call(
            "GetExchangeRates",
            ("startDate", window.From.Format()),
            ("endDate", window.To.Format()),
            ("currencyNames", ReadStep(answer, Names, "the list of currencies")))]
        : [];

    protected override bool IsNoData(ProviderBody body) => Days(body).All(day => !day.HasElements);

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Elements(Days(body))
        let asOf = DayParser.Parse(day.Attr("date"))
        from rate in body.Elements(day.Elements())
        let units = RateNumber.Parse(rate.Attr("unit"))
        let figure = RateNumber.Parse(rate.Value, NumberForm.Comma) / units
        select new Observation(asOf, new(Currency.Parse(rate.Attr("curr")), Huf), figure, RateKind.Official);

    private static ProviderRequest Call(string operation, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        SoapEnvelope.Call("arfolyamok.asmx", "http://www.mnb.hu/webservices/", operation, arguments);

    private static string Names(ProviderBody list)
    {
        var currencies = XmlReading.Root(SoapEnvelope.Answer(list).Child("GetCurrenciesResult").Value).Named("MNBCurrencies");
        var codes = currencies.All("Curr").Select(code => code.Value.Trim());
        return string.Join(',', codes.Where(code => code != Huf.Code).Select(code => Currency.Parse(code).Code));
    }

    private static IEnumerable<XElement> Days(ProviderBody body)
    {
        var root = body.Xml().Name.LocalName == "Envelope"
            ? XmlReading.Root(SoapEnvelope.Answer(body).Elements().First().Value)
            : body.Xml();
        return root.Name.LocalName is "MNBExchangeRates" or "MNBCurrentExchangeRates"
            ? root.Elements()
            : throw new FormatException($"<MNBExchangeRates> was expected, not <{root.Name.LocalName}>");
    }
}
