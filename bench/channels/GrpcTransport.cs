using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Rates.Channels.Protocol;
using Rates.Testing;
using ClientChannel = Grpc.Net.Client.GrpcChannel;

namespace Rates.Channels.Bench;

/// <summary>gRPC: all clients share one connection, as the .NET client does.</summary>
internal sealed class GrpcTransport : ITransport
{
    private readonly ClientChannel _echo = ClientChannel.ForAddress($"http://127.0.0.1:{RedisServer.FreePort()}");
    private readonly ClientChannel _channel;
    private readonly string _address = $"http://127.0.0.1:{RedisServer.FreePort()}";

    public GrpcTransport() => _channel = ClientChannel.ForAddress(_address);

    /// <inheritdoc/>
    public string Type => "grpc";

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Settings => [("Address", _address)];

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> StartEchoAsync(byte[] body)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        var port = int.Parse(_echo.Target.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.ListenLocalhost(
            port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore().AddGrpc();
        builder.Services.AddSingleton(JsonParser.Default.Parse<RatesReply>(Encoding.UTF8.GetString(body)));
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<Echo>();
        await app.StartAsync();
        return app;
    }

    /// <inheritdoc/>
    public Task<IClient> ConnectAsync(bool isEcho) => Task.FromResult<IClient>(new Client(isEcho ? _echo : _channel));

    private sealed class Echo(RatesReply reply) : RateService.RateServiceBase
    {
        public override Task<RatesReply> GetRates(RatesRequest request, ServerCallContext context) => Task.FromResult(reply);
    }

    private sealed class Client(ClientChannel channel) : IClient
    {
        private readonly RateService.RateServiceClient _client = new(channel);

        public async Task AskAsync()
        {
            var request = new RatesRequest();
            request.Quotes.AddRange(Service.Parameters[0].Value.Split(','));
            request.Providers.AddRange(Service.Parameters[1].Value.Split(','));
            await _client.GetRatesAsync(request);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
