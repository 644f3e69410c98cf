using System.Text;

namespace Mdev.Sdk.Bridge.Fuse;

/// <summary>A symbolic link.</summary>
/// <param name="target">Where it leads, for ever.</param>
internal sealed class FuseLink(string target) : FuseNode
{
    public byte[] Target { get; } = Encoding.UTF8.GetBytes(target);

    public override uint Permissions => 0x1ff; // 0777

    public override ulong Size => (ulong)Target.Length;

    internal override uint TypeBits => 0xa000;
}
