using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The rates of one base currency on one day, from which a façade (another service's interface that the Api answers as well) makes its
/// answer.
/// </summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Rates">By quote, in alphabetical order; among them the base itself, with 1, when it is asked for.</param>
/// <param name="Lifetime">How long an answer made of them may be cached.</param>
internal sealed record FacadeDay(Currency Base, IReadOnlyList<FacadeRate> Rates, CacheLifetime Lifetime)
{
    /// <summary>The rates without the base itself.</summary>
    public IEnumerable<FacadeRate> Others => Rates.Where(rate => rate.Quote != Base);

    /// <summary>
    /// The day of an answer that has one day for all its figures: that of the oldest, so that no figure looks newer than it is. Null
    /// when there is no rate.
    /// </summary>
    public DateOnly? Day => Others.Select(rate => (DateOnly?)rate.Day).Min() ?? Rates.Select(rate => (DateOnly?)rate.Day).Min();

    /// <summary>
    /// When the oldest of the sheets used was published, as <see cref="FacadeRate.PublishedAt"/> tells it; null when there is no rate.
    /// </summary>
    public DateTimeOffset? PublishedAt => (Others.Any() ? Others : Rates).Select(rate => (DateTimeOffset?)rate.PublishedAt).Min();

    /// <summary>
    /// The time stamp of an answer, in seconds since 1970: the end of a past day that was asked for, else when the oldest sheet was
    /// published.
    /// </summary>
    /// <param name="asked">The requested day; null for the latest rates.</param>
    /// <param name="today">Today, UTC.</param>
    public long TimestampOf(DateOnly? asked, DateOnly today) => asked is { } day && day < today
        ? EndOf(day).ToUnixTimeSeconds()
        : PublishedAt?.ToUnixTimeSeconds() ?? 0;

    /// <summary>The last second of a day, UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day, new TimeOnly(23, 59, 59), TimeSpan.Zero);

    /// <summary>Names the quotes that no second source has confirmed in a header of the answer.</summary>
    public FacadeDay MarkedIn(HttpContext context)
    {
        HeaderValues.NameUnconfirmed(
            context.Response.Headers, Rates.Where(rate => rate.Pair.Choice.IsUnconfirmed).Select(rate => rate.Quote));
        return this;
    }

    /// <summary>The rate of a quote; null when no provider has it.</summary>
    public FacadeRate? Find(Currency quote) => Rates.FirstOrDefault(rate => rate.Quote == quote);
}

/// <summary>The rate of one quote currency in a façade's answer, with the providers that it comes from.</summary>
/// <param name="Quote">The quote.</param>
/// <param name="Day">The day it holds for.</param>
/// <param name="Shown">With its published digits, or rounded when it is a cross.</param>
/// <param name="Exact">Unrounded, to multiply amounts by.</param>
/// <param name="Pair">The rates of all providers that were asked.</param>
/// <param name="Blend">How they were combined.</param>
internal sealed record FacadeRate(Currency Quote, DateOnly Day, decimal Shown, decimal Exact, PairBlend Pair, BlendResult Blend)
{
    /// <summary>
    /// When the provider published it, or when it was fetched where only its day is known; of figures that ship with the product, which
    /// nobody fetched here, the end of their day.
    /// </summary>
    public DateTimeOffset PublishedAt => Blend.Providers.Select(key => Pair.Find(key)?.Entry)
        .Select(entry => entry?.Sheet?.PublishedAt ?? entry?.FetchedAt).Min() ?? FacadeDay.EndOf(Day);

    /// <summary>An amount of the base in the quote, rounded as conversions are; the rate itself for an amount of 1.</summary>
    public decimal Of(decimal amount) => amount == 1 ? Shown : Converter.Product(amount, Exact);
}
