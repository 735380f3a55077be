using System.Text.Json;
using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>Answers requests for the lists of currencies and providers, in the form of version 2 of Frankfurter.</summary>
internal sealed class FrankfurterCatalog(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time)
{
    // A currency with a figure of these days is active.
    private const int ActiveDays = 30;
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    /// <summary>Answers which version of Frankfurter answers below this path; its description is that of the original.</summary>
    public Task VersionAsync(HttpContext context, string version, string status) =>
        FacadeAnswer.SendAsync(context, CacheLifetime.For(CacheTime), time.GetUtcNow(), json =>
        {
            json.WriteStartObject();
            json.WriteString("version", version);
            json.WriteString("status", status);
            json.WriteString("openapi", $"https://api.frankfurter.dev/{version}/openapi.json");
            json.WriteString("docs", "https://frankfurter.dev");
            json.WriteEndObject();
        });

    /// <summary>Answers the active currencies, or with <c>scope=all</c> every one that a provider has.</summary>
    public Task CurrenciesAsync(HttpContext context)
    {
        var scope = FacadeQuery.Value(context.Request, "scope");
        if (scope is not (null or "all"))
        {
            throw FrankfurterQuery.Invalid("invalid scope");
        }

        var book = rates.Book;
        var query = FrankfurterQuery.Parse(WithoutScope(context.Request), book, options.Value, rates.Today);
        var isAll = scope is not null;
        var indexes = isAll && FacadeQuery.Value(context.Request, "providers") is null ? book.AllIndexes : query.Providers;
        var currencies = FacadeNames.Of(book, indexes).Select(record => Covered.Of(record, book, indexes))
            .Where(one => isAll || one.Last >= rates.Today.DaysBefore(ActiveDays));
        return SendListAsync(context, currencies, (json, one) => WriteCurrency(json, one, providers: null));
    }

    /// <summary>Answers one currency with the providers that have it.</summary>
    public Task CurrencyAsync(HttpContext context)
    {
        var book = rates.Book;
        var code = FrankfurterQuery.CurrencyOf(FacadeQuery.Route(context.Request, "code"));
        ushort[] having = [.. book.AllIndexes.Where(index => Covered.Has(book.Entries[index], code))];
        return having.Length == 0
            ? throw new ProblemException(StatusCodes.Status404NotFound, "not found")
            : FacadeAnswer.SendAsync(context, CacheLifetime.For(CacheTime), time.GetUtcNow(), json => WriteCurrency(
                json, Covered.Of(CurrencyRegistry.Find(code)!, book, having), having.Select(index => book.Entries[index].Key)));
    }

    /// <summary>Answers every provider that has rates.</summary>
    public Task ProvidersAsync(HttpContext context)
    {
        var book = rates.Book;
        var entries = book.AllIndexes.Select(index => book.Entries[index]).Where(entry => entry.Rates is not null);
        return SendListAsync(context, entries, WriteProvider);
    }

    /// <summary>Answers one provider.</summary>
    public Task ProviderAsync(HttpContext context)
    {
        var book = rates.Book;
        var entry = book.Entries[FrankfurterQuery.ProviderOf(FacadeQuery.Route(context.Request, "key"), book)];
        return FacadeAnswer.SendAsync(context, CacheLifetime.For(CacheTime), time.GetUtcNow(), json => WriteProvider(json, entry));
    }

    private Task SendListAsync<T>(HttpContext context, IEnumerable<T> list, Action<Utf8JsonWriter, T> write) =>
        FacadeAnswer.SendAsync(context, CacheLifetime.For(CacheTime), time.GetUtcNow(), json =>
        {
            json.WriteStartArray();
            foreach (var one in list)
            {
                write(json, one);
            }

            json.WriteEndArray();
        });

    private static void WriteCurrency(Utf8JsonWriter json, Covered one, IEnumerable<string>? providers)
    {
        json.WriteStartObject();
        json.WriteString("iso_code", one.Record.Code.Code);
        json.WriteString("iso_numeric", one.Record.Numeric);
        json.WriteString("name", one.Record.Name);
        json.WriteString("symbol", one.Record.Code.Code);
        json.WriteString("start_date", one.First?.ToText());
        json.WriteString("end_date", one.Last?.ToText());
        if (providers is not null)
        {
            WriteTexts(json, "providers", providers.Select(key => key.ToUpperInvariant()));
        }

        json.WriteEndObject();
    }

    private void WriteProvider(Utf8JsonWriter json, ProviderEntry entry)
    {
        var profile = entry.Stored.Profile;
        json.WriteStartObject();
        json.WriteString("key", entry.Key.ToUpperInvariant());
        json.WriteString("name", entry.Name);
        WriteText(json, "country_code", profile.Country);
        json.WriteString("rate_type", $"{profile.Kind.ToText()} rate");
        WriteText(json, "pivot_currency", profile.Pivot.Code);
        WriteText(json, "data_url", entry.Sheet?.Source ?? "");
        WriteText(json, "terms_url", profile.Terms);
        json.WriteString("start_date", (profile.HistoryFrom ?? entry.AsOf)?.ToText());
        json.WriteString("end_date", entry.AsOf?.ToText());
        json.WriteString("publish_cadence", $"{profile.Calendar.Cadence}".ToLowerInvariant());
        json.WriteNumber("publishes_missed", entry.AsOf is { } day ? Staleness.Missed(day, profile.Calendar, time.GetUtcNow()) : 0);
        WriteTexts(json, "currencies", entry.Rates?.Crosses.Currencies.Select(currency => currency.Code) ?? []);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text) => json.WriteString(name, text.Length > 0 ? text : null);

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    // The parameters of rates are read without scope, which belongs to currencies alone.
    private static HttpRequest WithoutScope(HttpRequest request)
    {
        request.Query = new QueryCollection(request.Query.Where(one => one.Key != "scope").ToDictionary());
        return request;
    }

    /// <summary>A currency, and the first and last day that providers have rates of it.</summary>
    /// <param name="Record">The currency.</param>
    /// <param name="First">First day: of the oldest history, but not before the currency's own first day.</param>
    /// <param name="Last">Day of the newest figure.</param>
    private sealed record Covered(CurrencyRecord Record, DateOnly? First, DateOnly? Last)
    {
        public static bool Has(ProviderEntry entry, Currency code) => entry.Rates?.Crosses.Currencies.Contains(code) == true;

        public static Covered Of(CurrencyRecord record, RateBook book, IEnumerable<ushort> indexes)
        {
            var having = indexes.Select(index => book.Entries[index]).Where(entry => Has(entry, record.Code)).ToList();
            var first = having.Min(entry => entry.Stored.Profile.HistoryFrom ?? entry.AsOf);
            return new(record, first < record.Born ? record.Born : first, having.Max(entry => DayOf(entry, record.Code)));
        }

        private static DateOnly? DayOf(ProviderEntry entry, Currency code) => entry.Sheet is null
            ? entry.AsOf
            : entry.Sheet.Observations.Where(figure => figure.Pair.Base == code || figure.Pair.Quote == code)
                .Max(figure => (DateOnly?)figure.AsOf);
    }
}
