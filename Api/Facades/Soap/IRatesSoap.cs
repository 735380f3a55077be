using System.ServiceModel;

namespace Rates.Api;

/// <summary>
/// The operations that clients can call by SOAP. Parameters mean what those of the same name of <c>/v1</c> mean; leave out what is not
/// needed. New ones go to the end: a client that was made for an older contract does not send them.
/// </summary>
[ServiceContract(Namespace = Namespace, Name = "Rates")]
internal interface IRatesSoap
{
    /// <summary>The XML namespace of messages.</summary>
    const string Namespace = "urn:rates:v1";

    /// <summary>Rates, latest or of a day, by provider or combined, as <c>/v1/rates</c> answers them.</summary>
    /// <param name="base">1 base = rate quote; EUR unless given.</param>
    /// <param name="quotes">Codes with commas between them; all unless given.</param>
    /// <param name="providers">Keys with commas between them.</param>
    /// <param name="select">each, first, median, mean or consensus.</param>
    /// <param name="date">A day such as 2026-08-20.</param>
    /// <param name="knownAt">An instant with its offset: figures as they were known then.</param>
    /// <param name="policy">The name of a policy, which chooses instead of providers and select.</param>
    [OperationContract]
    Task<List<SoapRate>> GetRates(
        string? @base, string? quotes, string? providers, string? select, string? date, string? knownAt, string? policy);

    /// <summary>An amount in another currency, as <c>/v1/convert</c> answers it.</summary>
    /// <param name="amount">The amount; it must be given.</param>
    /// <param name="from">Its currency; EUR unless given.</param>
    /// <param name="to">The other currency.</param>
    /// <param name="providers">Keys with commas between them.</param>
    /// <param name="select">first, median, mean or consensus.</param>
    /// <param name="date">A day such as 2026-08-20.</param>
    /// <param name="knownAt">An instant with its offset: figures as they were known then.</param>
    /// <param name="policy">The name of a policy, which chooses instead of providers and select.</param>
    /// <param name="round">Decimal places of the result, or minor.</param>
    /// <param name="rounding">half-up, half-even, up or down; only with round.</param>
    [OperationContract]
    Task<SoapConversion> Convert(
        decimal amount, string? from, string to, string? providers, string? select, string? date, string? knownAt, string? policy,
        string? round, string? rounding);

    /// <summary>The rates of one provider, or combined from several, day by day, as <c>/v1/history</c> answers them.</summary>
    /// <param name="provider">The same as providers, which older contracts do not have.</param>
    /// <param name="base">1 base = rate quote; EUR unless given.</param>
    /// <param name="quotes">Codes with commas between them.</param>
    /// <param name="from">First day; 29 days before the last unless given.</param>
    /// <param name="to">Last day; today unless given.</param>
    /// <param name="knownAt">An instant with its offset: figures as they were known then.</param>
    /// <param name="policy">The name of a policy; every calendar day is answered by its rule.</param>
    /// <param name="filled">true for every calendar day, also those without a figure of their own.</param>
    /// <param name="select">first, median, mean or consensus for combined rates.</param>
    /// <param name="providers">Its key; empty where a policy names it. With select keys with commas between them, or empty.</param>
    [OperationContract]
    Task<List<SoapRate>> GetHistory(
        string? provider, string? @base, string quotes, string? from, string? to, string? knownAt, string? policy, string? filled,
        string? select, string? providers);

    /// <summary>The providers, as <c>/v1/providers</c> answers them.</summary>
    [OperationContract]
    Task<List<SoapProvider>> GetProviders();

    /// <summary>The currencies, as <c>/v1/currencies</c> answers them.</summary>
    [OperationContract]
    Task<List<SoapCurrency>> GetCurrencies();
}
