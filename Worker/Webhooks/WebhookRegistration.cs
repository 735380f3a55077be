using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Worker;

/// <summary>Registers the services that post changes of rates to subscribers, with the services of a worker.</summary>
internal static class WebhookRegistration
{
    /// <summary>Adds the receivers of the settings and those that operators set, and what posts to them.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SubscriptionOptions>(configuration).AddSettingsRule<SubscriptionOptions, SubscriptionOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SubscriptionOptions>>().Value);
        services.AddSingleton<WebhookRules>().AddSingleton<WebhookTable>().AddSingleton<WebhookTrial>();
        services.AddSingleton<WebhookWatch>().AddHostedService(provider => provider.GetRequiredService<WebhookWatch>());
        services.AddSingleton<ChangeLook>().AddSingleton<DeliveryRound>();
        services.AddSingleton<DeliveryRunner>().AddHostedService(provider => provider.GetRequiredService<DeliveryRunner>());
        return services;
    }
}
