using Rates.Api;
using Rates.Store;
using Rates.Telemetry;

ApiServer.PreferInlineCompletions();

return await ApiStart.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Services.ConnectEarly(builder.Configuration);
    builder.WebHost.UseKestrelHttpsConfiguration();
    builder.AddRatesTelemetry("rates-api");
    builder.Services.AddRateStore(builder.Configuration);
    builder.Services.AddRatesApi(builder.Configuration);
    var app = builder.Build();
    BookRefresher.BeginEarly(app.Services);
    return app.MapRatesApi();
});
