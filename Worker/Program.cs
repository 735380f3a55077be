using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rates.Settings;
using Rates.Store;
using Rates.Telemetry;
using Rates.Worker;

try
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
    {
        Args = [.. args.Where(arg => arg != "--health")],
        ContentRootPath = AppContext.BaseDirectory,
    });
    if (args.Contains("--health"))
    {
        return await HealthCheck.RunAsync(builder.Configuration, TimeProvider.System, Console.Out);
    }

    builder.AddRatesTelemetry("rates-worker");
    builder.Services.AddRatesWorker(builder.Configuration);
    builder.Services.AddHostedService<TelemetryServer>();
    using var host = builder.Build();
    SettingsCheck.ThrowIfAny(host.Services);
    var end = new HostShutdown(host.Services);
    await host.RunAsync();
    if (end.Failure is not { } failure)
    {
        return 0;
    }

    await Console.Error.WriteLineAsync($"rates-worker: {failure}");
    return 1;
}
catch (InvalidDataException file)
{
    await Console.Error.WriteLineAsync($"rates-worker: {SettingsCheck.WithCauses(file)}");
    return 1;
}
catch (Exception problem) when (
    problem is StoreUnavailableException or IOException or SocketException
        || SettingsCheck.Message(problem) is not null)
{
    // What an operator can correct is reported in one message, without a stack trace.
    await Console.Error.WriteLineAsync($"rates-worker: {SettingsCheck.Message(problem) ?? problem.Message}");
    return 1;
}
