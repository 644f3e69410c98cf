using Mdev.Sdk.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mdev.Bridge.Tests;

/// <summary>An instance of a parent, on the bridge of a host in this process.</summary>
internal sealed class HostedInstance : IDisposable
{
    private readonly RuntimeFolder _folder = new();
    private readonly MdevHost _host;
    private readonly Guid _uuid = Guid.NewGuid();

    public HostedInstance(MdevParent parent)
    {
        _host = new MdevHost(NullLogger.Instance, new MdevOptions { RuntimeDirectory = _folder.Path, Bridge = MdevBridgeMode.Fuse, Tree = MdevTreeMode.Off });
        _host.Bus.Register(parent);
        _host.Bus.Create(parent.Types[0], _uuid);
    }

    public string Folder => Path.Combine(_folder.Path, "bridge", _uuid.ToString());

    public string this[string name] => Path.Combine(Folder, name);

    public string[] Mounts => _folder.Mounts;

    /// <summary>Removes it, whoever has its files open.</summary>
    public void Remove() => _host.Bus.Remove(_uuid);

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }
}
