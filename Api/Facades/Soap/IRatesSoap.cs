using System.ServiceModel;

namespace Rates.Api;

/// <summary>
/// The operations that clients can call by SOAP. Parameters mean what those of the same name of <c>/v1</c> mean; leave out what is not
/// needed.
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
    [OperationContract]
    Task<List<SoapRate>> GetRates(string? @base, string? quotes, string? providers, string? select, string? date);

    /// <summary>An amount in another currency, as <c>/v1/convert</c> answers it.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="from">Its currency.</param>
    /// <param name="to">The other currency.</param>
    /// <param name="providers">Keys with commas between them.</param>
    /// <param name="select">first, median, mean or consensus.</param>
    /// <param name="date">A day such as 2026-08-20.</param>
    [OperationContract]
    Task<SoapConversion> Convert(decimal amount, string from, string to, string? providers, string? select, string? date);

    /// <summary>The published rates of one provider, day by day, as <c>/v1/history</c> answers them.</summary>
    /// <param name="provider">Its key.</param>
    /// <param name="base">1 base = rate quote; EUR unless given.</param>
    /// <param name="quotes">Codes with commas between them.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    [OperationContract]
    Task<List<SoapRate>> GetHistory(string provider, string? @base, string quotes, string from, string to);

    /// <summary>The providers, as <c>/v1/providers</c> answers them.</summary>
    [OperationContract]
    Task<List<SoapProvider>> GetProviders();

    /// <summary>The currencies, as <c>/v1/currencies</c> answers them.</summary>
    [OperationContract]
    Task<List<SoapCurrency>> GetCurrencies();
}
