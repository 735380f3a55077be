using System.Globalization;
using System.Text.Json;
using Rates.Core;

namespace Rates.Api;

/// <summary>The parsed query parameters <c>amount</c> and <c>places</c> of a request in the form of exchangerate.host.</summary>
/// <param name="Amount">What rates are multiplied by.</param>
/// <param name="Places">Decimal places; null for all.</param>
internal readonly record struct HostAmount(decimal Amount, int? Places)
{
    private const int MostPlaces = 12;

    /// <summary>The rates themselves.</summary>
    public static HostAmount One { get; } = new(1, null);

    /// <summary>Reads both.</summary>
    /// <exception cref="ProblemException">
    /// 403: the amount is not above zero. 405: the places are not a whole number from 0 to 12.
    /// </exception>
    public static HostAmount Of(HttpRequest request)
    {
        var amount = AmountOf(request);
        return FacadeQuery.Value(request, "places") is not { } text ? new(amount, null)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var places) && places <= MostPlaces
                ? new(amount, places)
                : throw FixerError.Of(405, "invalid_places", $"places is not a whole number from 0 to {MostPlaces}.");
    }

    /// <summary>Reads <c>amount</c> only; 1 unless given.</summary>
    /// <exception cref="ProblemException">403: the amount is not above zero.</exception>
    public static decimal AmountOf(HttpRequest request) => FacadeQuery.Value(request, "amount") is { } text
        ? FacadeQuery.Amount(text) ?? throw FixerError.BadAmount()
        : 1;

    /// <summary>The amount in the quote of a rate.</summary>
    public decimal Of(FacadeRate rate) => Rounded(rate.Of(Amount));

    /// <summary>The amount at the rate of one day of a series.</summary>
    public decimal Of(decimal rate) => Rounded(Amount == 1 ? rate : Converter.Product(Amount, rate));

    private decimal Rounded(decimal result) =>
        Places is { } places ? decimal.Round(result, places, MidpointRounding.AwayFromZero) : result;

    /// <summary>Writes its list of currencies.</summary>
    public static void WriteSymbols(Utf8JsonWriter json, IEnumerable<CurrencyRecord> currencies)
    {
        json.WriteStartObject();
        foreach (var currency in currencies)
        {
            json.WriteStartObject(currency.Code.Code);
            json.WriteString("description", currency.Name);
            json.WriteString("code", currency.Code.Code);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
