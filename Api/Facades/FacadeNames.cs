using System.Text.Json;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Finds the currencies that providers have, with their names, for answers of façades, and builds JSON objects with a member for each
/// currency.
/// </summary>
internal static class FacadeNames
{
    /// <summary>The currencies that the providers have rates of now, in alphabetical order.</summary>
    public static IReadOnlyList<CurrencyRecord> Of(RateBook book, IEnumerable<ushort> indexes) =>
    [
        .. indexes.SelectMany(index => book.Entries[index].Rates?.Crosses.Currencies ?? []).Distinct().Order()
            .Select(CurrencyRegistry.Find).OfType<CurrencyRecord>(),
    ];

    /// <summary>Writes an object of codes and names.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<CurrencyRecord> currencies)
    {
        json.WriteStartObject();
        foreach (var currency in currencies)
        {
            json.WriteString(currency.Code.Code, currency.Name);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a member that is an object of codes and figures.</summary>
    public static void Write(Utf8JsonWriter json, string name, IEnumerable<(Currency Quote, decimal Figure)> figures)
    {
        json.WriteStartObject(name);
        foreach (var (quote, figure) in figures)
        {
            json.WriteNumber(quote.Code, figure);
        }

        json.WriteEndObject();
    }
}
