using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary><c>/v1/currencies</c> and <c>/v1/currencies/{code}</c>.</summary>
internal sealed class CurrenciesEndpoint(CurrentBook current, TimeProvider time)
{
    /// <summary>What they take.</summary>
    public const Parameters Allowed = Parameters.Format;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private static readonly Reply<IReadOnlyList<CurrencyView>> All = new(json => json.IReadOnlyListCurrencyView, ToTable);
    private static readonly Reply<CurrencyView> One = new(json => json.CurrencyView, currency => ToTable([currency]));

    /// <summary>Lists every currency that is known, covered or not.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        var covering = book.Entries.Where(entry => entry.Page is not null)
            .SelectMany(entry => entry.Page!.Crosses.Currencies, (entry, currency) => (entry.Key, currency))
            .ToLookup(covered => covered.currency, covered => covered.Key);
        return All.SendAsync(
            context, [.. CurrencyRegistry.All.Select(record => CurrencyView.Of(record, [.. covering[record.Code]]))], query, Freshness.For(Kept), time.GetUtcNow());
    }

    /// <summary>Shows one.</summary>
    public Task HandleOneAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        var currency = CurrencyTable.At(QueryValues.Currency("code", context.Request.RouteValues["code"] as string));
        string[] covering = [.. book.Entries.Where(entry => entry.Page is { } page && page.Crosses.Currencies.Contains(currency)).Select(entry => entry.Key)];
        return One.SendAsync(context, CurrencyView.Of(CurrencyRegistry.Find(currency)!, covering), query, Freshness.For(Kept), time.GetUtcNow());
    }

    private static Table ToTable(IReadOnlyList<CurrencyView> currencies)
    {
        var table = new Table("currencies", "currency", "code", "numeric", "name", "#minorDigits", "born", "retired", "successor", "providers");
        foreach (var one in currencies)
        {
            table.Add(
                one.Code, one.Numeric, one.Name, one.MinorDigits.ToString(CultureInfo.InvariantCulture), one.Born, one.Retired, one.Successor, string.Join(' ', one.Providers));
        }

        return table;
    }
}
