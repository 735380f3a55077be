using Rates.Api;

namespace Rates.Store.Bench;

/// <summary>The Api in this process, over a store that only this process may use, or with settings of its own.</summary>
internal static class ApiServer
{
    /// <summary>An Api that is not started yet.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="settings">Its settings.</param>
    public static WebApplication Over(string address, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Services.AddRateStore(builder.Configuration);
        builder.Services.AddRatesApi(builder.Configuration);
        return builder.Build().MapRatesApi();
    }
}
