using System.Runtime.CompilerServices;
using Mdev.Sdk.Bridge.Files;
using Mdev.Sdk.Bridge.Fuse;
using Mdev.Sdk.Bridge.Fuse.Messages;
using Mdev.Sdk.Bridge.Tree;

namespace Mdev.Tree.Tests;

/// <summary>What needs no mount.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public void Messages_have_the_sizes_of_linux_fuse_h()
    {
        Assert.Equal(40, Unsafe.SizeOf<RequestHeader>());
        Assert.Equal(16, Unsafe.SizeOf<ReplyHeader>());
        Assert.Equal(64, Unsafe.SizeOf<InitReply>());
        Assert.Equal(88, Unsafe.SizeOf<AttributesOnWire>());
        Assert.Equal(128, Unsafe.SizeOf<EntryReply>());
        Assert.Equal(104, Unsafe.SizeOf<AttributesReply>());
        Assert.Equal(88, Unsafe.SizeOf<SetAttributesRequest>());
        Assert.Equal(16, Unsafe.SizeOf<OpenReply>());
        Assert.Equal(40, Unsafe.SizeOf<TransferRequest>());
        Assert.Equal(24, Unsafe.SizeOf<ReleaseRequest>());
        Assert.Equal(24, Unsafe.SizeOf<DirectoryEntry>());
        Assert.Equal(80, Unsafe.SizeOf<StatFsReply>());
        Assert.Equal(16, Unsafe.SizeOf<InvalidateEntry>());
    }

    [Fact]
    public void A_node_is_known_until_it_is_forgotten_as_often_as_it_was_told()
    {
        var root = new Folder();
        var node = new Folder();
        var nodes = new NodeTable(root);
        Assert.Same(root, nodes.Find(NodeTable.RootNumber));
        Assert.Null(nodes.Find(node.Number));
        for (int i = 0; i < 3; i++)
            nodes.Tell(node);
        nodes.Forget(node.Number, 2);
        Assert.Same(node, nodes.Find(node.Number));
        nodes.Forget(node.Number, 1);
        Assert.Null(nodes.Find(node.Number));
        nodes.Forget(node.Number, 1);
        nodes.Forget(NodeTable.RootNumber, ulong.MaxValue);
        Assert.Same(root, nodes.Find(NodeTable.RootNumber));
    }

    [Fact]
    public void Where_there_is_no_tree_there_is_nothing_to_sweep() => Assert.Equal(0, TreeSweeper.Sweep("/nowhere"));
}
