namespace Rates.Core;

/// <summary>Gives the rate of any pair that follows from one provider's published rates of some days.</summary>
public interface ICrossRates
{
    /// <summary>The newest day with a figure; null when there is none.</summary>
    DateOnly? AsOf { get; }

    /// <summary>
    /// The rate of <paramref name="pair"/> on the newest day that has it; null when no day has it. A currency against itself is 1 on
    /// the newest day, without legs, where some figure is of it.
    /// </summary>
    CrossRate? Find(CurrencyPair pair);

    /// <summary>Whether some figure is of the currency.</summary>
    bool Has(Currency currency);
}
