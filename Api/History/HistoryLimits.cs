namespace Rates.Api;

/// <summary>The limits on what one request for <c>/v1/history</c> may ask for.</summary>
internal static class HistoryLimits
{
    /// <summary>How many days before the last one a history begins unless asked: with the last they are 30.</summary>
    public const int DefaultDays = 29;

    // Days x quotes of one provider. JSON is written provider by provider, rows year by year.
    private const int MaxFigures = 5_000_000;

    // Days x quotes x providers, of combined rates days x quotes. XML is written whole, and revisions are held provider by provider.
    private const int MaxWholeFigures = 200_000;

    // Days x quotes of combined rates: of JSON all series are held until the last day.
    private const int MaxBlends = 500_000;

    // Days x quotes x providers of combined rates: about a second of one processor for a million.
    private const int MaxBlendedFigures = 3_000_000;

    // A longer history is read without keeping anything of it, and shares one processor with all others that are as long.
    private const int MostKept = 5_000_000;
    private const int MostKeptOfBlends = 500_000;

    // Days x providers that combined rates are read for: some five years of sixty providers.
    private const int MostKeptDaysOfBlends = 120_000;

    // A query without quotes means all that a provider has; few have more.
    private const int QuotesOfAll = 60;

    /// <summary>How many figures an answer may have, or be made of where providers are combined.</summary>
    /// <exception cref="ProblemException">400: too many.</exception>
    public static long Count(HistoryAsk ask)
    {
        var days = ask.DayCount;
        var providers = ask.Providers.Length;
        var isBlend = ask.Blend is not null;
        var quotes = QuotesOf(ask);
        var isXml = ask.Format == AnswerFormat.Xml;
        if (isBlend)
        {
            Refuse(days * quotes, isXml ? MaxWholeFigures : ask.Format == AnswerFormat.Json ? MaxBlends : MaxBlendedFigures,
                $"{days} days x {quotes} quotes");
            Refuse(days * quotes * providers, MaxBlendedFigures, $"{days} days x {quotes} quotes x {providers} providers");
        }
        else
        {
            if (isXml || ask.Query.WithRevisions)
            {
                Refuse(days * quotes * providers, MaxWholeFigures, $"{days} days x {quotes} quotes x {providers} providers");
            }

            Refuse(days * quotes, MaxFigures, $"{days} days x {quotes} quotes");
        }

        return days * quotes * providers;
    }

    /// <summary>How many quotes are asked for, at most.</summary>
    public static int QuotesOf(HistoryAsk ask) => ask.Query.Rates.Quotes is { IsEmpty: false } quotes ? quotes.Count
        : ask.Blend is null ? QuotesOfAll : CurrencyTable.Count;

    /// <summary>Whether an answer of so many figures is made one at a time, without keeping what is read for it.</summary>
    public static bool IsLong(HistoryAsk ask, long figures) => ask.Blend is null
        ? figures > MostKept
        : figures > MostKeptOfBlends || ask.DayCount * ask.Providers.Length > MostKeptDaysOfBlends;

    private static void Refuse(long figures, int most, string what)
    {
        if (figures > most)
        {
            throw ProblemException.BadParameter(
                HistoryQuery.FromParameter.Name, $"{what} is more than {most} figures; ask for less at once");
        }
    }
}
