using Rates.Api;
using Rates.Channels;
using Rates.Core;
using Rates.Providers;
using Rates.Standalone;
using Rates.Telemetry;
using Rates.Worker;

return await ApiStart.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (builder.Configuration["urls"] is null)
    {
        builder.WebHost.UseUrls("http://127.0.0.1:5080");
    }

    builder.AddRatesTelemetry("rates-standalone");
    builder.Services.AddSingleton(services => new ShippedSheets(Seed.Read())
    {
        Profiles = services.GetRequiredService<ProviderCatalog>().All
            .ToDictionary(provider => provider.Key, provider => provider.Block.Profile(provider.Key)),
    });
    builder.Services.AddRatesWorker(builder.Configuration);
    builder.Services.AddRatesApi(builder.Configuration);
    if (builder.Configuration.HasRatesChannels())
    {
        builder.Services.AddRatesChannels(builder.Configuration);
    }

    var app = builder.Build().MapRatesApi();
    app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"Rates: the page is at {string.Join(" and ", app.Urls)}"));
    return app;
});
