using System.ServiceModel;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Answers the operations of the SOAP service; the rates are made by the same code as those of <c>/v1</c>.</summary>
internal sealed partial class RatesSoap(FacadeRates rates, AnswerScopeReader scopes, ILogger<RatesSoap> logger) : IRatesSoap
{
    /// <inheritdoc/>
    public Task<List<SoapRate>> GetRates(string? @base, string? quotes, string? providers, string? select, string? date) =>
        AnswerAsync(async () =>
        {
            var (query, scope) = await ReadAsync(
                Selection.Each, (RatesParameters.Base, @base), (RatesParameters.Quotes, quotes), (RatesParameters.Providers, providers),
                (RatesParameters.Select, select), (RatesParameters.Date, date));
            RatesProblems.RefuseUncovered(query, scope.Entries, scope.Indexes);
            return (query.Select ?? Selection.Each) == Selection.Each
                ? SoapRows.Each(query, scope.Entries, scope.Indexes)
                : SoapRows.Blended(Blending.Of(query, scope.Blend));
        });

    /// <inheritdoc/>
    public Task<SoapConversion> Convert(decimal amount, string from, string to, string? providers, string? select, string? date) =>
        AnswerAsync(async () =>
        {
            var (source, target) = (CurrencyValues.Unit("from", from), CurrencyValues.Unit("to", to));
            var (query, scope) = await ReadAsync(
                Converter.Default, (RatesParameters.Providers, providers), (RatesParameters.Select, select), (RatesParameters.Date, date));
            var method = query.Select ?? Converter.Default;
            if (method == Selection.Each)
            {
                throw ProblemException.BadValue("select", "each", "gives no single result; choose first, median, mean or consensus");
            }

            return SoapRows.Of(Converter.Convert(new(source, target, amount, method, null), scope.Blend));
        });

    /// <inheritdoc/>
    public Task<List<SoapRate>> GetHistory(string provider, string? @base, string quotes, string from, string to) => AnswerAsync(async () =>
    {
        var book = rates.Book;
        var query = RatesQuery.Parse(
            Text((RatesParameters.Base, @base), (RatesParameters.Quotes, quotes), (RatesParameters.Providers, provider)),
            RatesEndpoint.Allowed, book);
        Currency[] asked = [.. SoapRows.Codes(query)];
        if (query.Providers.Length != 1 || !query.NamesProviders || asked.Length == 0)
        {
            throw ProblemException.BadParameter("provider", "name one provider, and at least one quote");
        }

        var pivot = CurrencyTable.At(query.Base);
        var series = await rates.MarkedSeriesAsync(
            book, query.Providers.ToArray(), pivot, asked, QueryValues.Day("from", from), QueryValues.Day("to", to), default,
            withBase: true);
        return SoapRows.History(series, provider, pivot);
    });

    /// <inheritdoc/>
    public Task<List<SoapProvider>> GetProviders() =>
        AnswerAsync(() => Task.FromResult<List<SoapProvider>>([.. rates.Book.Entries.Select(SoapRows.Of)]));

    /// <inheritdoc/>
    public Task<List<SoapCurrency>> GetCurrencies() => AnswerAsync(() => Task.FromResult<List<SoapCurrency>>(
    [
        .. CurrencyRegistry.All.Select(one => new SoapCurrency { Code = one.Code.Code, Name = one.Name, MinorDigits = one.MinorDigits }),
    ]));

    private async Task<(RatesQuery Query, AnswerScope Scope)> ReadAsync(
        Selection usual, params (QueryParameter Parameter, string? Value)[] values)
    {
        var book = rates.Book;
        var query = RatesQuery.Parse(Text(values), RatesEndpoint.Allowed, book);
        return (query, await scopes.ReadAsync(query, query.Select ?? usual, book, null, default));
    }

    // As a query of /v1, so that the same code reads both.
    private static string Text(params (QueryParameter Parameter, string? Value)[] values) => string.Join(
        '&', values.Where(value => !string.IsNullOrEmpty(value.Value))
            .Select(value => $"{value.Parameter.Name}={Uri.EscapeDataString(value.Value!)}"));

    private async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        try
        {
            return await answer();
        }
        catch (ProblemException problem)
        {
            throw SoapFaultWriter.Of(problem);
        }
        catch (StoreUnavailableException)
        {
            throw SoapFaultWriter.Of(RatesProblems.StoreAway());
        }
        catch (Exception unexpected)
        {
            // The message of an exception may hold what no client should see, and SOAP would send it.
            Log.Failed(logger, unexpected);
            throw new FaultException(new FaultReason("The request failed unexpectedly; the log has it"), new FaultCode("Server"), "");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A SOAP request failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
