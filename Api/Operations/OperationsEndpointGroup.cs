using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Registers what transports other than HTTP answer from, and maps the list of their channels: <c>/v1/ops/channels</c>.
/// </summary>
internal sealed class OperationsEndpointGroup : IEndpointGroup
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddSingleton(provider => new Operations(provider, provider.GetRequiredService<ILogger<Operations>>()))
        .AddSingleton(provider => new RateChanges(provider));

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        var channels = routes.ServiceProvider.GetService<IChannelList>();
        routes.MapOps("GET", "/v1/ops/channels", AccessRole.Ops, context => OpsHttp.SendAsync(
                context, channels?.Read() ?? [], OpsFormat.Json.IReadOnlyListChannelState))
            .DescribeOps<IReadOnlyList<ChannelState>>("ListChannels", "The transports other than HTTP that this process answers on");
    }
}
