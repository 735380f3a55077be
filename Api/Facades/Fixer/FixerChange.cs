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
    public static void WriteAll(Utf8JsonWriter json, string prefix, FacadeDay first, FacadeDay last)
    {
        foreach (var end in last.Others)
        {
            if (first.Find(end.Quote) is not { } start)
            {
                continue;
            }

            json.WriteStartObject(prefix + end.Quote.Code);
            json.WriteNumber("start_rate", start.Shown);
            json.WriteNumber("end_rate", end.Shown);
            json.WriteNumber("change", RateRounding.Plain(end.Shown - start.Shown));
            json.WriteNumber("change_pct", RateRounding.Significant((end.Exact - start.Exact) / start.Exact * 100, PercentDigits));
            json.WriteEndObject();
        }
    }
}
