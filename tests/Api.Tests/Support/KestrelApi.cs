using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Rates.Store;
using Rates.Telemetry;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The Api on a real socket: for what a test server cannot show, such as limits, pipelining and allocation.</summary>
internal sealed class KestrelApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private KestrelApi(WebApplication app, DirectoryInfo folder) => (_app, _folder) = (app, folder);

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public IServiceProvider Services => _app.Services;

    public static async Task<KestrelApi> StartAsync(InMemoryRates store, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("rates-api-");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration["Rates:DataFolder"] = folder.FullName;
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddRatesTelemetry("rates-api");
        builder.Services.AddSingleton<ISheetReader>(store).AddSingleton<IProviderReader>(store).AddSingleton<IHistoryReader>(store);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Sample.Now));
        builder.Services.AddSingleton(new PasswordHasher(1000));
        builder.Services.AddRateStore(builder.Configuration);
        builder.Services.AddRatesApi(builder.Configuration);
        var app = builder.Build().MapRatesApi();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, folder);
    }

    /// <summary>A connection that blocks. The server runs on the threads of the sockets: whoever blocks needs one of his own.</summary>
    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = 120_000,
            SendTimeout = 120_000,
        };
        socket.Connect(IPAddress.Loopback, Port);
        return socket;
    }

    /// <summary>Sends bytes on a connection of their own and reads until the server closes it.</summary>
    public Task<string> ExchangeAsync(string request) => Task.Run(() => Exchange(request), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Exchange(string request)
    {
        using var socket = Connect();
        var answer = new List<byte>();
        var chunk = new byte[8192];

        // A server that refuses a request resets the connection once it has answered: what it said by then is there to be read.
        Bear(() => socket.Send(Encoding.ASCII.GetBytes(request)));
        Bear(() =>
        {
            while (socket.Receive(chunk) is var count and > 0)
            {
                answer.AddRange(chunk.AsSpan(0, count));
            }
        });

        return Encoding.UTF8.GetString([.. answer]);

        static void Bear(Action exchange)
        {
            try
            {
                exchange();
            }
            catch (SocketException reset) when (reset.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
            {
            }
        }
    }
}
