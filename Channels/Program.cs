using Rates.Api;
using Rates.Channels;
using Rates.Store;
using Rates.Telemetry;

return await ApiStart.RunAsync(() =>
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (!builder.Configuration.HasRatesChannels())
    {
        throw new InvalidDataException(
            "The settings name no channel. Add one, such as Rates:Channels:typed:Type=grpc "
            + "and Rates:Channels:typed:Address=http://127.0.0.1:5081");
    }

    builder.WebHost.UseKestrelHttpsConfiguration();
    builder.AddRatesTelemetry("rates-channels");
    builder.Services.AddRateStore(builder.Configuration);
    builder.Services.AddRatesApi(builder.Configuration);
    builder.Services.AddRatesChannels(builder.Configuration);
    return builder.Build().MapRatesApi();
});
