using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
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

    builder.Services.AddRatesWorker(builder.Configuration);
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (Exception problem) when (problem is InvalidDataException or OptionsValidationException or IOException or SocketException)
{
    // What an operator can correct is reported in one message, without a stack trace.
    await Console.Error.WriteLineAsync(
        $"rates-worker: {problem.Message}{(problem.InnerException is FormatException inner ? $" {inner.Message}" : "")}");
    return 1;
}
