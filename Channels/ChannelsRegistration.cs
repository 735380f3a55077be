using Microsoft.Extensions.Options;
using Rates.Api;

namespace Rates.Channels;

/// <summary>Adds the channels of the settings to a host that has the Api.</summary>
public static class ChannelsRegistration
{
    /// <summary>Whether the settings name any channel. A host without one need not add them, and pays nothing for them.</summary>
    public static bool HasRatesChannels(this IConfiguration configuration) => ConfiguredChannels.AreIn(configuration);

    /// <summary>Registers the channels of the section <c>Rates:Channels</c>, which are checked when the host starts.</summary>
    public static IServiceCollection AddRatesChannels(this IServiceCollection services, IConfiguration configuration)
    {
        // Read late: a host's configuration may still grow after the services were registered.
        services.AddSingleton(_ => new ConfiguredChannels(configuration));
        services.AddOptions<ConfiguredChannels.Checked>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConfiguredChannels.Checked>>(
            provider => provider.GetRequiredService<ConfiguredChannels>());
        services.AddSingleton<ChannelRunner>();
        services.AddSingleton<IChannelList>(provider => provider.GetRequiredService<ChannelRunner>());
        return services.AddHostedService(provider => provider.GetRequiredService<ChannelRunner>());
    }
}
