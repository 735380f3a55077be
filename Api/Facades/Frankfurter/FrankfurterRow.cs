using System.Text.Json;
using Rates.Core;

namespace Rates.Api;

/// <summary>One rate of an answer in the form of version 2 of Frankfurter.</summary>
/// <param name="Day">The day it holds for; of a week or month, the first one.</param>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Quote">The quote.</param>
/// <param name="Rate">The rate.</param>
/// <param name="Providers">The figures behind it; null when they are not asked for.</param>
internal sealed record FrankfurterRow(
    DateOnly Day, Currency Base, Currency Quote, decimal Rate, IReadOnlyList<FrankfurterWitness>? Providers)
{
    // The rate of a currency in itself, as the original writes it.
    private decimal Shown => Base == Quote ? 1.0m : Rate;

    /// <summary>Writes it as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("date", Day.ToText());
        json.WriteString("base", Base.Code);
        json.WriteString("quote", Quote.Code);
        json.WriteNumber("rate", Shown);
        if (Providers is not null)
        {
            json.WriteStartArray("providers");
            foreach (var provider in Providers)
            {
                provider.Write(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>It as a line of CSV, without its end.</summary>
    public string ToCsv() => string.Join(
        ',',
        [Day.ToText(), Base.Code, Quote.Code, Shown.ToText(), .. Providers is null ? (string[])[] : [string.Join('|', Providers)]]);
}

/// <summary>One provider's own rate, listed in an answer in Frankfurter's form beside the combined rate that it went into.</summary>
/// <param name="Key">The provider's key, in capitals.</param>
/// <param name="Day">The day of its figure.</param>
/// <param name="Rate">Its figure.</param>
/// <param name="IsExcluded">True when the rate was made without it.</param>
internal sealed record FrankfurterWitness(string Key, DateOnly Day, decimal Rate, bool IsExcluded)
{
    /// <summary>The figures of the providers that were asked for a rate.</summary>
    public static IReadOnlyList<FrankfurterWitness> Of(FacadeRate rate, RateBook book, IEnumerable<ushort> indexes) =>
    [
        .. indexes.Select(index => rate.Pair.Find(book.Entries[index].Key)).OfType<Witness>().Select(witness => new FrankfurterWitness(
            witness.Entry.Key.ToUpperInvariant(),
            witness.Cross.AsOf,
            RateRounding.Shown(witness.Cross.Rate, witness.Cross.IsDerived),
            !rate.Blend.Providers.Contains(witness.Entry.Key))),
    ];

    /// <summary>Writes it as a JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("key", Key);
        json.WriteString("date", Day.ToText());
        json.WriteNumber("rate", Rate);
        if (IsExcluded)
        {
            json.WriteBoolean("excluded", true);
        }

        json.WriteEndObject();
    }

    /// <summary>Such as <c>ECB:1.1634</c>; with an asterisk when the rate was made without it.</summary>
    public override string ToString() => $"{Key}:{Rate.ToText()}{(IsExcluded ? "*" : "")}";
}
