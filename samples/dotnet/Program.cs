using Microsoft.Extensions.DependencyInjection;
using Rates.Client;

var address = args.FirstOrDefault() ?? "http://127.0.0.1:5080";
await using var services = new ServiceCollection().AddRatesClient(options => options.Address = new(address))
    .Services.BuildServiceProvider();
var rates = services.GetRequiredService<RatesClient>();
foreach (var (quote, rate) in await rates.GetDictionaryAsync(new() { Quotes = ["USD", "GBP"], Providers = ["ecb"] }, Selection.First))
{
    Console.WriteLine($"1 EUR = {rate} {quote}");
}
