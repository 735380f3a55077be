using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Rates.Api;
using Rates.Api.Tests;
using Rates.Store;
using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>The host of channels as its program makes it, over a store in memory, with HTTP on a free port.</summary>
internal sealed class ChannelHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http;

    private ChannelHost(WebApplication app, DirectoryInfo folder, InMemoryRates store, HeldHistory history)
    {
        (_app, _folder, Store, History) = (app, folder, store, history);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
#pragma warning disable RS0030 // A client of the product, as any user has one.
        _http = new() { BaseAddress = new(addresses.First()) };
#pragma warning restore RS0030
    }

    public InMemoryRates Store { get; }

    public HeldHistory History { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The port of the channel that <see cref="FreeAddress"/> was made for.</summary>
    public static string FreeAddress(string scheme) => $"{scheme}://127.0.0.1:{RedisServer.FreePort()}";

    public static async Task<ChannelHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var store = FacadeSample.Store();
        var history = new HeldHistory(store);
        var folder = Directory.CreateTempSubdirectory("rates-channels-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Rates:DataFolder"] = folder.FullName;
        builder.Configuration["Rates:Api:DefaultProviders"] = "all";
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name.StartsWith("Rates:", StringComparison.Ordinal) ? name : $"Rates:Channels:{name}"] = value;
        }

        builder.Services.AddSingleton<ISheetReader>(store).AddSingleton<IProviderReader>(store);
        builder.Services.AddSingleton<IHistoryReader>(history);
        builder.Services.AddSingleton<TimeProvider>(new StandingClock());
        builder.Services.AddSingleton(new PasswordHasher(1000));
        builder.Services.AddRateStore(builder.Configuration);
        builder.Services.AddRatesApi(builder.Configuration);
        builder.Services.AddRatesChannels(builder.Configuration);
        var app = builder.Build().MapRatesApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var host = new ChannelHost(app, folder, store, history);
        await Eventually.IsAsync(
            () => host.Channels.All(channel => channel.IsOpen), TestContext.Current.CancellationToken);
        return host;
    }

    public IReadOnlyList<ChannelState> Channels => Services.GetRequiredService<IChannelList>().Read();

    public ChannelState Channel => Assert.Single(Channels);

    /// <summary>What HTTP answers: the status and the body.</summary>
    public async Task<(int Status, string Body)> HttpAsync(string address, string key = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        if (key.Length > 0)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Makes an API key.</summary>
    public async Task<string> NewKeyAsync(AccessRole role)
    {
        var key = KeyText.New();
        var stored = new AccessKey { Label = "test", Role = role, Digest = key.Digest, CreatedAt = Sample.Now };
        await Services.GetRequiredService<AccessStore>().EditKeyAsync(
            key.Id, 0, stored, "test", "made", TestContext.Current.CancellationToken);
        await Services.GetRequiredService<AccessDirectory>().RefreshAsync(TestContext.Current.CancellationToken);
        return key.Text;
    }

    /// <summary>Publishes a sheet of the ECB with a new dollar, and waits until the Api has it.</summary>
    public async Task<RateSheetMark> PublishAsync(string dollar)
    {
        var sheet = Store.Publish(Sample.Sheet(
            "ecb", Sample.Today, Sample.Now, Sample.Now.AddDays(1), $"EUR/USD {dollar}", "EUR/GBP 0.8654"));
        await Services.GetRequiredService<BookRefresher>().RefreshAsync(TestContext.Current.CancellationToken);
        return new($"{sheet.Epoch}:{sheet.Version}");
    }

    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A sheet that was published.</summary>
/// <param name="Version">As changes name it.</param>
internal sealed record RateSheetMark(string Version);
