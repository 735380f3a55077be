using System.Diagnostics.Metrics;

namespace Rates.Api;

/// <summary>
/// The metrics of the Api (meter <c>Rates.Api</c>), such as the number of providers by the age of their rates, read when somebody asks for
/// them. A request costs nothing here.
/// </summary>
internal sealed class ApiMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Rates.Api";

    private readonly Meter _meter;

    public ApiMetrics(CurrentBook current, BookRefresher refresher, IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _meter.CreateObservableGauge(
            "rates.book.version", () => current.Book.Entries.Max(entry => entry.Sheet?.Version ?? 0), null,
            "The newest version among the sheets that are answered");
        _meter.CreateObservableGauge(
            "rates.book.sheets", () => current.Book.Entries.Count(entry => entry.Sheet is not null), "{sheet}",
            "Sheets that are answered");
        _meter.CreateObservableGauge(
            "rates.book.sheet.version", () => current.Book.Entries.Where(entry => entry.Sheet is not null).Select(Version), null,
            "Version of each sheet that is answered; the workers' rates.sheet.version is ahead of it until it is taken up");
        _meter.CreateObservableGauge(
            "rates.book.providers", () => current.Book.Entries.CountBy(entry => entry.Status.ToText())
                .Select(count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>("rates.status", count.Key))),
            "{provider}", "Providers by status");
        _meter.CreateObservableGauge(
            "rates.store.up", () => refresher.Connection is { IsUp: true } ? 1 : 0, null, "1 while the store answers");
    }

    private static Measurement<long> Version(ProviderEntry entry) =>
        new(entry.Sheet!.Version, new KeyValuePair<string, object?>("rates.provider", entry.Key));

    public void Dispose() => _meter.Dispose();
}
