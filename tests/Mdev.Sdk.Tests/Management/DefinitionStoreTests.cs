using Mdev.Sdk.Management;

namespace Mdev.Sdk.Tests.Management;

/// <summary>The folder of definitions.</summary>
public sealed class DefinitionStoreTests : IDisposable
{
    private static readonly Guid s_one = new("83b8f4f2-509f-382f-3c1e-000000000001"), s_two = new("83b8f4f2-509f-382f-3c1e-000000000002");

    private readonly string _folder = Directory.CreateTempSubdirectory("mdev").FullName;
    private readonly DefinitionStore _store;

    public DefinitionStoreTests() => _store = new DefinitionStore(Path.Combine(_folder, "mdevctl.d"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_is_not_there_holds_nothing()
    {
        Assert.Empty(_store.Read().Definitions);
        Assert.Empty(_store.Read().Problems);
        Assert.Null(_store.Find("mtty", s_one));
        Assert.Empty(_store.ParentsOf(s_one));
    }

    [Fact]
    public void Definitions_are_listed_by_parent_and_uuid()
    {
        _store.Add(new Definition("b", s_two, "b-1"));
        _store.Add(new Definition("b", s_one, "b-1"));
        _store.Add(new Definition("a", s_two, "a-1", isAuto: true));
        Assert.Equal([("a", s_two), ("b", s_one), ("b", s_two)], _store.Read().Definitions.Select(d => (d.Parent, d.Uuid)));
        Assert.Equal([("b", s_one), ("b", s_two)], _store.Read("b").Definitions.Select(d => (d.Parent, d.Uuid)));
        Assert.Equal(["a", "b"], _store.ParentsOf(s_two));
        Assert.True(_store.Find("a", s_two)!.IsAuto);
    }

    [Fact]
    public void What_is_defined_is_not_defined_again_but_saved_over()
    {
        _store.Add(new Definition("mtty", s_one, "mtty-1"));
        MdevException e = Assert.Throws<MdevException>(() => _store.Add(new Definition("mtty", s_one, "mtty-2")));
        Assert.Equal(Errno.EEXIST, e.Error);
        Assert.Equal("mtty-1", _store.Find("mtty", s_one)!.Type);
        _store.Save(new Definition("mtty", s_one, "mtty-2"));
        Assert.Equal("mtty-2", _store.Find("mtty", s_one)!.Type);
    }

    [Fact]
    public void What_is_removed_is_gone_and_gone_once()
    {
        _store.Add(new Definition("mtty", s_one, "mtty-1"));
        _store.Remove("mtty", s_one);
        Assert.Empty(_store.Read().Definitions);
        Assert.Equal(Errno.ENOENT, Assert.Throws<MdevException>(() => _store.Remove("mtty", s_one)).Error);
        Assert.Equal(Errno.ENOENT, Assert.Throws<MdevException>(() => _store.Remove("absent", s_one)).Error);
    }

    [Fact]
    public void Nonsense_in_one_file_hides_none_of_the_others()
    {
        _store.Add(new Definition("mtty", s_one, "mtty-1"));
        File.WriteAllText(_store.PathOf("mtty", s_two), "{\n  nonsense\n}");
        File.WriteAllText(Path.Combine(_store.Folder, "mtty", "notes"), "remember the milk");
        DefinitionList list = _store.Read();
        Assert.Equal(s_one, Assert.Single(list.Definitions).Uuid);
        Assert.Equal(2, list.Problems.Count);
        Assert.Contains(list.Problems, p => p.Message.StartsWith($"{_store.PathOf("mtty", s_two)}, line 2: ", StringComparison.Ordinal));
        Assert.Contains(list.Problems, p => p.Path.EndsWith("/mtty/notes", StringComparison.Ordinal));
    }

    [Fact]
    public void Scripts_and_hidden_files_of_mdevctl_are_no_definitions()
    {
        Directory.CreateDirectory(Path.Combine(_store.Folder, "scripts.d", "callouts"));
        Directory.CreateDirectory(Path.Combine(_store.Folder, "mtty"));
        File.WriteAllText(Path.Combine(_store.Folder, "scripts.d", "x"), "");
        File.WriteAllText(Path.Combine(_store.Folder, "mtty", $".new-{s_one}"), "{");
        Assert.Empty(_store.Read().Definitions);
        Assert.Empty(_store.Read().Problems);
    }

    [Fact]
    public void What_a_writer_that_was_killed_has_left_is_gone_after_the_next_write()
    {
        Directory.CreateDirectory(Path.Combine(_store.Folder, "mtty"));
        File.WriteAllText(Path.Combine(_store.Folder, "mtty", $".new-{s_one}"), "{");
        _store.Add(new Definition("mtty", s_two, "mtty-1"));
        Assert.Equal([s_two.ToString()], Directory.GetFiles(Path.Combine(_store.Folder, "mtty")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../etc")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void A_parent_whose_name_leads_elsewhere_is_refused(string parent) =>
        Assert.Equal(Errno.EINVAL, Assert.Throws<MdevException>(() => _store.Add(new Definition(parent, s_one, "t"))).Error);

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_one_sentence()
    {
        File.WriteAllText(_store.Folder, "");
        MdevException e = Assert.Throws<MdevException>(() => _store.Add(new Definition("mtty", s_one, "t")));
        Assert.Contains(_store.Folder, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        Assert.Empty(_store.Read().Definitions);
    }

    [Fact]
    public void A_file_far_too_large_is_no_definition()
    {
        Directory.CreateDirectory(Path.Combine(_store.Folder, "mtty"));
        using (FileStream file = File.Create(_store.PathOf("mtty", s_one)))
            file.SetLength(DefinitionReader.MaxSize + 1);
        Assert.Contains("no definition", Assert.Single(_store.Read().Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_at_once_never_show_a_reader_half_a_file()
    {
        var wide = new Definition("mtty", s_one, "mtty-1", attributes: [.. Enumerable.Range(0, 400).Select(i => new AttributeValue($"a{i}", "value"))]);
        var slim = new Definition("mtty", s_one, "mtty-1");
        _store.Add(slim);
        using var stop = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 3).Select(i => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                _store.Save(i % 2 == 0 ? wide : slim);
        }))];
        for (int i = 0; i < 500; i++)
            Assert.Contains(_store.Find("mtty", s_one)!.Attributes.Count, (int[])[0, 400]);
        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public void Of_several_that_define_the_same_one_wins()
    {
        int won = 0;
        Parallel.For(0, 16, i =>
        {
            try
            {
                _store.Add(new Definition("mtty", s_one, $"mtty-{i}"));
                Interlocked.Increment(ref won);
            }
            catch (MdevException e) when (e.Error == Errno.EEXIST)
            {
            }
        });
        Assert.Equal(1, won);
    }
}
