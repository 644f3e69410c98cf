using Mdev.Sdk.Bridge.Fuse;

namespace Mdev.Bridge.Tests.Protocol;

/// <summary>A node behind which is another file each time that it is opened.</summary>
internal sealed class FilesInTurn(params FuseFile[] files) : FuseFile
{
    private int _next;

    public override uint Permissions => 0x180;

    public override bool IsStream => true;

    public override IFuseHandle Open(FuseCaller caller) => files[_next++].Open(caller);
}
