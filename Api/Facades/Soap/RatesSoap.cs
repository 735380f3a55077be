using System.ServiceModel;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Answers the operations of the SOAP service; the rates are made by the same code as those of <c>/v1</c>.</summary>
internal sealed partial class RatesSoap(
    CurrentBook current, FacadeRates rates, AnswerScopeReader scopes, HistoryEndpoint histories, IHttpContextAccessor asker,
    ILogger<RatesSoap> logger) : IRatesSoap
{
    /// <inheritdoc/>
    public Task<List<SoapRate>> GetRates(
        string? @base, string? quotes, string? providers, string? select, string? date, string? knownAt, string? policy) =>
        AnswerAsync(async () =>
        {
            var book = rates.Book;
            var query = RatesQuery.Parse(
                Text(
                    (RatesParameters.Base, @base), (RatesParameters.Quotes, quotes),
                    (RatesParameters.Providers, OrDefaults(providers, policy)), (RatesParameters.Select, select),
                    (RatesParameters.Date, date), (RatesParameters.KnownAt, knownAt),
                    (RatesParameters.Policy, policy)),
                RatesEndpoint.Allowed, book);
            var scope = await scopes.ReadAsync(query, query.Select ?? Selection.Each, book, null, default);
            query.Select = scope.Policy?.Select ?? query.Select;
            RatesProblems.RefuseUncovered(query, scope.Entries, scope.Indexes, scope.Day);
            return (query.Select ?? Selection.Each) == Selection.Each
                ? SoapRows.Each(query, scope.Entries, scope.Indexes)
                : SoapRows.Blended(Blending.Of(query, scope.Blend).By(scope));
        });

    /// <inheritdoc/>
    public Task<SoapConversion> Convert(
        decimal amount, string? from, string to, string? providers, string? select, string? date, string? knownAt, string? policy,
        string? round, string? rounding) => AnswerAsync(async () =>
        {
            var book = rates.Book;
            var query = ConversionQuery.Parse(
                Text(
                    (ConversionQuery.FromParameter, from), (ConversionQuery.ToParameter, to),
                    (RatesParameters.Providers, OrDefaults(providers, policy)), (ConversionQuery.SelectParameter, select),
                    (RatesParameters.Date, date), (RatesParameters.KnownAt, knownAt), (RatesParameters.Policy, policy),
                    (ConversionQuery.RoundParameter, round), (ConversionQuery.RoundingParameter, rounding)),
                ConversionQuery.Allowed, book);
            var target = query.To ?? throw ConvertEndpoint.WithoutTarget();
            if (query.Select == Selection.Each)
            {
                throw ProblemException.BadValue("select", "each", "gives no single result; choose first, median, mean or consensus");
            }

            var scope = await scopes.ReadAsync(query.Rates, query.Select, book, null, default);
            var method = scope.Policy?.Select ?? query.Select;
            return SoapRows.Of(ConvertEndpoint.Convert(new(query.From, target, amount, method, query.RoundingBy(scope.Policy)), scope));
        });

    /// <inheritdoc/>
    public Task<List<SoapRate>> GetHistory(
        string? provider, string? @base, string quotes, string? from, string? to, string? knownAt, string? policy, string? filled,
        string? select, string? providers) => AnswerAsync(() =>
        {
            if (!string.IsNullOrEmpty(provider) && !string.IsNullOrEmpty(providers))
            {
                throw ProblemException.BadParameter("provider", "cannot be given together with providers, which means the same");
            }

            var named = string.IsNullOrEmpty(providers) ? provider : providers;
            var book = rates.Book;
            var query = HistoryQuery.Parse(
                Text(
                    (RatesParameters.Base, @base), (RatesParameters.Quotes, quotes),
                    (RatesParameters.Providers, OrDefaults(named, policy)),
                    (HistoryQuery.FromParameter, from), (HistoryQuery.ToParameter, to), (RatesParameters.KnownAt, knownAt),
                    (RatesParameters.Policy, policy), (HistoryQuery.FilledParameter, filled),
                    (RatesParameters.Select, select)),
                book);
            var isOne = query.Rates.PolicyName is not null || query.Rates.Select is not (null or Selection.Each)
                || (query.Rates.NamesProviders && query.Rates.Providers.Length == 1);
            return !isOne ? throw ProblemException.BadParameter("providers", "must name one provider, unless select or policy is given")
                : query.Rates.Quotes.IsEmpty ? throw ProblemException.BadParameter("quotes", "is missing; name at least one quote")
                : SoapRows.HistoryAsync(lack => histories.ReadAsync(query, book, lack, default), query, scopes.PolicyOf(query.Rates));
        });

    /// <inheritdoc/>
    public Task<List<SoapProvider>> GetProviders() => AnswerAsync(() =>
    {
        var book = current.Book;
        RatesProblems.RefuseBeforeStore(book);
        return Task.FromResult<List<SoapProvider>>([.. book.Entries.Where(entry => entry.IsKnown).Select(SoapRows.Of)]);
    });

    /// <inheritdoc/>
    public Task<List<SoapCurrency>> GetCurrencies() => AnswerAsync(() =>
    {
        RatesProblems.RefuseBeforeStore(current.Book);
        return Task.FromResult<List<SoapCurrency>>(
        [
            .. CurrencyRegistry.All.Select(
                one => new SoapCurrency { Code = one.Code.Code, Name = one.Name, MinorDigits = one.MinorDigits }),
        ]);
    });

    // Where no provider is named, those of the caller's API key, by the rules of /v1.
    private string? OrDefaults(string? providers, string? policy) =>
        string.IsNullOrEmpty(providers) && string.IsNullOrEmpty(policy)
        && Caller.Of(asker.HttpContext!).Key is { DefaultProviders.Count: > 0 } key
            ? string.Join(',', key.DefaultProviders)
            : providers;

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
