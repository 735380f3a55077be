using Rates.Core;

namespace Rates.Api;

/// <summary>The parsed query parameters of a request for rates in the form of version 2 of Frankfurter.</summary>
internal sealed record FrankfurterQuery
{
    private const int MostEchoed = 32;
    private static readonly string[] Known = ["base", "quotes", "providers", "date", "from", "to", "group", "expand"];

    /// <summary>1 base = rate quote.</summary>
    public required Currency Base { get; init; }

    /// <summary>The quotes; null for all.</summary>
    public IReadOnlyList<Currency>? Quotes { get; init; }

    /// <summary>The providers, as indexes into the book.</summary>
    public required ushort[] Providers { get; init; }

    /// <summary>The day; null for the latest rates and for a range.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>First day of a range; null when none is asked for.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day of a range.</summary>
    public DateOnly To { get; init; }

    /// <summary>How the days of a range are grouped.</summary>
    public DayGroup Group { get; init; }

    /// <summary>True when each rate is answered with the figures of the providers behind it.</summary>
    public bool IsExpanded { get; init; }

    /// <summary>
    /// How the providers are combined: several that the request names by consensus; else the first that has a pair answers it.
    /// </summary>
    public required Selection Select { get; init; }

    /// <summary>Reads a request.</summary>
    /// <param name="request">Its route may hold base, quote and the key of a provider.</param>
    /// <param name="book">The book that answers it.</param>
    /// <param name="options">The configured providers.</param>
    /// <param name="today">Today, UTC.</param>
    /// <exception cref="ProblemException">422, with the message of Frankfurter; 404 for an unknown provider of a route.</exception>
    public static FrankfurterQuery Parse(HttpRequest request, RateBook book, FacadeOptions options, DateOnly today)
    {
        if (request.Query.Keys.Except(Known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            throw Invalid($"unknown parameter: {Cut(unknown)}");
        }

        var (date, from, to) = (Day(request, "date"), Day(request, "from"), Day(request, "to"));
        if (date is not null && (from ?? to) is not null)
        {
            throw Invalid("conflicting params");
        }

        // The latest rates would be those of another day than the one that is asked for.
        if (from is null && to is not null)
        {
            throw Invalid("to needs from");
        }

        var expand = FacadeQuery.Value(request, "expand");
        if (expand is not (null or "providers"))
        {
            throw Invalid($"invalid expand: {Cut(expand)}");
        }

        var providers = Named(request, book);
        return new()
        {
            Base = CurrencyOf(request.RouteValues["base"] as string ?? FacadeQuery.Value(request, "base") ?? "EUR"),
            Quotes = Currencies(request.RouteValues["quote"] as string ?? FacadeQuery.Value(request, "quotes")),
            Providers = providers ?? FacadeRates.Indexes(book, options.Frankfurter, "ecb"),
            Select = providers?.Length > 1 ? Selection.Consensus : Selection.First,
            Date = date,
            From = from,
            To = to ?? today,
            IsExpanded = expand is not null,
            Group = FacadeQuery.Value(request, "group") switch
            {
                null => DayGroup.Day,
                "week" => DayGroup.Week,
                "month" => DayGroup.Month,
                _ => throw Invalid("invalid group"),
            },
        };
    }

    /// <summary>422 with a message.</summary>
    public static ProblemException Invalid(string message) => new(StatusCodes.Status422UnprocessableEntity, message);

    /// <summary>406: only rates are answered as CSV.</summary>
    public static ProblemException NoCsv() => new(StatusCodes.Status406NotAcceptable, "only rates are answered as CSV");

    /// <summary>A known currency.</summary>
    public static Currency CurrencyOf(string code) => CurrencyValues.Find(code) ?? throw Invalid($"invalid currency: {Cut(code)}");

    /// <summary>The index of the provider with a key in capital or small letters.</summary>
    /// <exception cref="ProblemException">404: it is not known.</exception>
    public static ushort ProviderOf(string key, RateBook book) => book.IndexOf(key) is var index and >= 0
        ? (ushort)index
        : throw new ProblemException(StatusCodes.Status404NotFound, "not found");

    // Null when the request names none.
    private static ushort[]? Named(HttpRequest request, RateBook book)
    {
        var named = FacadeQuery.Value(request, "providers");
        if (request.RouteValues["key"] is string key)
        {
            return named is null ? [ProviderOf(key, book)] : throw Invalid("providers is implied by the route; drop the parameter");
        }

        return named is null ? null :
        [
            .. named.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.OrdinalIgnoreCase).Take(RatesLimits.Providers)
                .Select(one => book.IndexOf(one) is var index and >= 0 ? (ushort)index : throw Invalid($"invalid provider: {Cut(one)}")),
        ];
    }

    private static IReadOnlyList<Currency>? Currencies(string? codes) => FacadeQuery.Currencies(codes) switch
    {
        (_, { } unknown) => throw Invalid($"invalid currency: {Cut(unknown)}"),
        (var known, _) => known,
    };

    private static DateOnly? Day(HttpRequest request, string name) => FacadeQuery.Value(request, name) is not { } text ? null
        : IsoText.TryParseDay(text, out var day) ? day
        : throw Invalid("invalid date");

    // Half of a surrogate pair must not stay at the end.
    private static string Cut(string text) =>
        text.Length <= MostEchoed ? text : text[..(char.IsHighSurrogate(text[MostEchoed - 1]) ? MostEchoed - 1 : MostEchoed)];
}
