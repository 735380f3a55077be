using System.Text.Json;

namespace Rates.Api;

/// <summary>Writes how much rates changed between two days, in the form of Fixer and similar services.</summary>
internal static class FixerChange
{
    private const int PercentDigits = 6;

    /// <summary>Writes a member for each quote that both days have.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="prefix">What each name begins with, before the code of the quote.</param>
    /// <param name="first">The rates of the first day.</param>
    /// <param name="last">The rates of the last day.</param>
    /// <param name="amount">What the rates are multiplied by, and their decimal places; the percentage is that of the rates.</param>
    public static void WriteAll(Utf8JsonWriter json, string prefix, FacadeDay first, FacadeDay last, HostAmount amount)
    {
        foreach (var end in last.Others)
        {
            if (first.Find(end.Quote) is not { } start)
            {
                continue;
            }

            var (from, to) = (amount.Of(start), amount.Of(end));
            json.WriteStartObject(prefix + end.Quote.Code);
            json.WriteNumber("start_rate", from);
            json.WriteNumber("end_rate", to);
            json.WriteNumber("change", RateRounding.Plain(to - from));
            json.WriteNumber("change_pct", RateRounding.Significant((end.Exact - start.Exact) / start.Exact * 100, PercentDigits));
            json.WriteEndObject();
        }
    }
}
