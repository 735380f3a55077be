using System.ServiceModel;

namespace Rates.Api.Tests;

#pragma warning disable CA1716 // The names of parameters are those of the elements in the WSDL.
/// <summary>What <c>dotnet-svcutil</c> makes of the WSDL: the contract as a client of System.ServiceModel declares it.</summary>
[ServiceContract(Namespace = "urn:rates:v1", Name = "Rates")]
[XmlSerializerFormat]
public interface IRatesContract
{
    [OperationContract(Action = "urn:rates:v1/Rates/GetRates", ReplyAction = "*")]
    Task<SoapRate[]> GetRatesAsync(string? @base, string? quotes, string? providers, string? select, string? date);

    [OperationContract(Action = "urn:rates:v1/Rates/Convert", ReplyAction = "*")]
    Task<SoapConversion> ConvertAsync(decimal amount, string from, string to, string? providers, string? select, string? date);

    [OperationContract(Action = "urn:rates:v1/Rates/GetHistory", ReplyAction = "*")]
    Task<SoapRate[]> GetHistoryAsync(string provider, string? @base, string quotes, string from, string to);
}
#pragma warning restore CA1716

/// <summary>.NET's own SOAP client against <c>/soap/rates</c>.</summary>
public sealed class ServiceModelTests
{
    [Fact]
    public async Task The_client_of_dotnet_reads_rates_conversions_histories_and_faults()
    {
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());
        var factory = new ChannelFactory<IRatesContract>(
            new BasicHttpBinding { UseDefaultWebProxy = false }, new EndpointAddress(new Uri(api.Address, "/soap/rates")));
        try
        {
            var client = factory.CreateChannel();

            var rates = await client.GetRatesAsync("EUR", "USD,JPY", "ecb,boc", null, null);
            var converted = await client.ConvertAsync(2.50m, "EUR", "USD", "ecb", null, null);
            var history = await client.GetHistoryAsync("ecb", "EUR", "USD", "2026-08-14", "2026-08-17");
            var fault = await Assert.ThrowsAsync<FaultException>(() => client.GetRatesAsync("XYZ", null, null, null, null));

            Assert.Equal(
                ["ecb JPY 171.20", "ecb USD 1.1634", "boc USD 1.163269731", "boc JPY "],
                rates.Select(rate => $"{rate.Providers} {rate.Quote} {rate.Rate}"));
            Assert.Equal("2.9085", $"{converted.Result}");
            Assert.Equal(["2026-08-14 1.1600", "2026-08-17 1.1605"], history.Select(rate => $"{rate.AsOf} {rate.Rate}"));
            Assert.Equal("base: 'XYZ' is no known currency; /v1/currencies lists them", fault.Message);
        }
        finally
        {
            factory.Abort();
        }
    }
}
