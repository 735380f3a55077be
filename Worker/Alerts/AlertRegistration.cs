using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Worker;

/// <summary>Registers the services that send alerts, with the services of a worker.</summary>
internal static class AlertRegistration
{
    /// <summary>Adds the receivers of the settings, and what sends to them.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AlertOptions>(configuration).AddSettingsRule<AlertOptions, AlertOptionsRangeValidator>()
            .AddSettingsRule<AlertOptions, AlertOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AlertOptions>>().Value);
        services.AddSingleton<IReadOnlyList<IAlertChannel>>(provider => Channels(provider.GetRequiredService<AlertOptions>(), provider));
        services.AddSingleton<AlertRunner>().AddHostedService(provider => provider.GetRequiredService<AlertRunner>());
        return services;
    }

    private static IAlertChannel[] Channels(AlertOptions options, IServiceProvider services) =>
    [
        .. options.Webhooks.Index().Select(
            one => new WebhookChannel(one.Index, one.Item, services.GetRequiredService<StoreClock>())),
        .. options.Mail.Server.Length > 0 ? new IAlertChannel[] { new MailChannel(options.Mail) } : [],
    ];
}
