using Rates.Api;
using Rates.Http.Bench;
using Rates.Store;

namespace Rates.Channels.Bench;

/// <summary>The host of channels over made-up rates, with one channel of each transport.</summary>
internal sealed class Service(WebApplication app, DirectoryInfo folder) : IAsyncDisposable
{
    /// <summary>The parameters of every request: what the Api has kept after the first answer.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } =
        [new("quotes", "USD,GBP,JPY,CHF,CAD,AUD"), new("providers", "p00,p10,p20"), new("numbers", "string")];

    /// <summary>The parameters as a query.</summary>
    public static string Query { get; } = string.Join('&', Parameters.Select(one => $"{one.Key}={one.Value}"));

    /// <summary>Starts it and waits until every channel is open.</summary>
    public static async Task<Service> StartAsync(IEnumerable<ITransport> transports)
    {
        var folder = Directory.CreateTempSubdirectory("rates-bench-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Rates:DataFolder"] = folder.FullName;
        foreach (var transport in transports)
        {
            builder.Configuration[$"Rates:Channels:{transport.Type}:Type"] = transport.Type;
            foreach (var (name, value) in transport.Settings)
            {
                builder.Configuration[$"Rates:Channels:{transport.Type}:{name}"] = value;
            }
        }

        var rates = new SyntheticRates();
        builder.Services.AddSingleton<ISheetReader>(rates).AddSingleton<IProviderReader>(rates).AddSingleton<IHistoryReader>(rates);
        builder.Services.AddRateStore(builder.Configuration);
        builder.Services.AddRatesApi(builder.Configuration);
        builder.Services.AddRatesChannels(builder.Configuration);
        var app = builder.Build().MapRatesApi();
        await app.StartAsync();
        var channels = app.Services.GetRequiredService<IChannelList>();
        while (channels.Read().FirstOrDefault(channel => !channel.IsOpen) is { } closed)
        {
            if (closed.LastFailure is { } failure)
            {
                throw new InvalidOperationException($"{closed.Name}: {failure}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return new(app, folder);
    }

    /// <summary>The answer that every request gets.</summary>
    /// <exception cref="InvalidOperationException">It is a problem.</exception>
    public async Task<byte[]> BodyAsync()
    {
        var answer = await app.Services.GetRequiredService<Operations>().AnswerAsync(new("rates", Parameters), CancellationToken.None);
        return answer.IsSuccess ? answer.Body.ToArray() : throw new InvalidOperationException(answer.Detail);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
