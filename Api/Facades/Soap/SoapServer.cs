using System.ServiceModel.Channels;
using SoapCore;
using SoapCore.Extensibility;

namespace Rates.Api;

/// <summary>
/// Makes the SOAP service at its first request: loading its package and reading the contract take time and memory, and most
/// installations have no client of it.
/// </summary>
/// <param name="services">The services of the host; the operations are answered from them.</param>
/// <param name="path">The path of the service.</param>
internal sealed class SoapServer(IServiceProvider services, string path)
{
    // The package hands no request to the object that answers.
    private static readonly HttpContextAccessor Current = new();

    private readonly Lazy<(IServiceProvider Own, RequestDelegate Handler)> _made = new(() => Make(services, path));

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var (own, handler) = _made.Value;

        // The package takes its parts, and the object that answers, from the services of the request.
        var ofRequest = context.RequestServices;
        (context.RequestServices, Current.HttpContext) = (own, context);
        try
        {
            await handler(context);
        }
        finally
        {
            (context.RequestServices, Current.HttpContext) = (ofRequest, null);
        }
    }

    private static (IServiceProvider Own, RequestDelegate Handler) Make(IServiceProvider services, string path)
    {
        var own = new ServiceCollection().AddSoapCore()
            .AddResponseCompression(compression =>
            {
                // Rates are public, so that the length of an answer gives nothing away.
                compression.EnableForHttps = true;
                compression.MimeTypes = ["text/xml"];
            })
            .AddSingleton(services.GetRequiredService<ILoggerFactory>()).AddLogging()
            .AddSingleton<ISoapMessageProcessor, SoapRequestCheck>()
            .AddSingleton<IRatesSoap>(ActivatorUtilities.CreateInstance<RatesSoap>(services, Current))
            .BuildServiceProvider();
        var app = new ApplicationBuilder(own);

        // The package writes the answer itself, so that AnswerSender cannot compress it.
        app.UseResponseCompression();
        app.UseSoapEndpoint<IRatesSoap>(
            path, new SoapEncoderOptions { MessageVersion = MessageVersion.Soap11 }, SoapSerializer.XmlSerializer);
        return (own, app.Build());
    }
}
