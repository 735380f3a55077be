using Rates.Api;
using Rates.Http.Bench;
using Rates.Store;

// Two servers to load, one a run: the Api as it ships over made-up rates, and bare Kestrel that answers with the same bytes from
// a file, chosen by the path alone, under the same settings.
if (args is not [var kind and ("api" or "bare"), var port, var file])
{
    Console.Error.WriteLine("usage: Rates.Http.Bench api PORT DATA-FOLDER | bare PORT BODY-FILE");
    return 2;
}

ApiServer.PreferInlineCompletions();
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
builder.Logging.ClearProviders();
builder.Configuration["Rates:DataFolder"] = kind == "api" ? file : Path.GetTempPath();
var rates = new SyntheticRates();
builder.Services.AddSingleton<ISheetReader>(rates).AddSingleton<IProviderReader>(rates).AddSingleton<IHistoryReader>(rates);
if (kind == "api")
{
    builder.Services.AddRateStore(builder.Configuration);
    builder.Services.AddRatesApi(builder.Configuration);
    await builder.Build().MapRatesApi().RunAsync();
    return 0;
}

builder.Services.AddRatesServer();
var bodies = Directory.GetFiles(file).ToDictionary(path => "/" + Path.GetFileName(path), File.ReadAllBytes);
var app = builder.Build();
app.Run(async context =>
{
    var body = bodies[context.Request.Path.Value!];
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = body.Length;
    await context.Response.BodyWriter.WriteAsync(body);
});
await app.RunAsync();
return 0;
