using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mdev.Hosting.Tests;

/// <summary>A program with a generic host, in this process and in a folder of its own.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    public const string Uuid = "83b8f4f2-509f-382f-3c1e-000000000001";

    private readonly TemporaryFolder _folder = new();
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(new());
    private IHost? _host;
    private bool _isStarted;

    public RunningHost(params (string Key, string Value)[] configuration)
    {
        // What a test says of a key, it says last.
        var settings = new Dictionary<string, string?> { ["Mdev:RuntimeDirectory"] = _folder.Path, ["Mdev:Tree"] = "Off" };
        foreach ((string key, string value) in configuration)
            settings[key] = value;
        _builder.Configuration.AddInMemoryCollection(settings);
        _builder.Services.AddSingleton(new Supply());
        _builder.Logging.AddProvider(Log);
    }

    public string Folder => _folder.Path;

    public ListLog Log { get; } = new();

    public IServiceCollection Services => _builder.Services;

    public IServiceProvider Provider => _host!.Services;

    public MdevHost Mdev => Provider.GetRequiredService<MdevHost>();

    public MdevBus Bus => Provider.GetRequiredService<MdevBus>();

    public string[] Files => [.. Directory.GetFileSystemEntries(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public async Task<RunningHost> StartAsync()
    {
        _host = _builder.Build();
        await _host.StartAsync();
        _isStarted = true;
        return this;
    }

    public async Task StopAsync()
    {
        _isStarted = false;
        await _host!.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // As a program does it: one that has not started is not stopped.
        if (_isStarted)
            await _host!.StopAsync();
        _host?.Dispose();
        if (Directory.Exists(Folder))
            _folder.Dispose();
    }
}
