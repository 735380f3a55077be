using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Rates.Settings;

/// <summary>
/// Registers options classes with a host, so that they are read and checked at start; all options of this product are registered here.
/// </summary>
public static class SettingsRegistration
{
    /// <summary>
    /// Reads <typeparamref name="TOptions"/> from its section when it is first needed, and checks it when the host starts: unknown
    /// names, unreadable values, and what the validators of <see cref="AddSettingsRule{TOptions, TRule}"/> find. Adding it twice is
    /// adding it once.
    /// </summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, IConfiguration configuration)
        where TOptions : class, new()
    {
        services.AddOptions<TOptions>().ValidateOnStart();
        services.TryAddSingleton(new Section<TOptions>(configuration));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<TOptions>, Section<TOptions>>(Registered<TOptions>));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, Section<TOptions>>(Registered<TOptions>));
        return services;
    }

    /// <summary>Adds a validator: the one that the compiler generates from ranges, or one with rules across several settings.</summary>
    public static IServiceCollection AddSettingsRule<TOptions, TRule>(this IServiceCollection services)
        where TOptions : class
        where TRule : class, IValidateOptions<TOptions>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TRule>());
        return services;
    }

    private static Section<TOptions> Registered<TOptions>(IServiceProvider services)
        where TOptions : class, new() => services.GetRequiredService<Section<TOptions>>();

    // Read late: a host's configuration may still grow after the services were registered.
    private sealed class Section<TOptions>(IConfiguration configuration) : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
        where TOptions : class, new()
    {
        private readonly Lazy<SettingsRead<TOptions>> _read = new(() => SettingsReader.Read<TOptions>(configuration));

        public void Configure(TOptions options) => _read.Value.Apply(options);

        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            _read.Value.Problems is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
