import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely

from areas.boundaries.opening import open_rows
from concordat.kernel.commands import RefusedError
from tests.areas.boundaries.files import polygon, square, write_geojson, write_on_grid

ROW = ("E06000001", polygon(square(-1, 52)))


def refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        open_rows(path)
    return str(refused.value)


@pytest.fixture
def shapefile(tmp_path: Path) -> Path:
    shapes = np.array([shapely.box(-1, 52, -0.9, 52.1), shapely.box(-2, 52, -1.9, 52.1)])
    return write_on_grid(tmp_path / "areas.shp", ["E06000001", "E06000002"], shapes, driver="ESRI Shapefile")


def zipped(shapefile: Path, *, leave_out: str = "", folder: str = "") -> Path:
    path = shapefile.with_name("with space.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(shapefile.parent.glob("areas.*")):
            if part.suffix != leave_out:
                archive.write(part, f"{folder}{part.name}")
    return path


@pytest.mark.parametrize("field", ["CTYUA23CD", "ctyua19cd", "UTLA22CD", "code", "Code"])
def test_reads_codes_by_the_name_of_their_field(tmp_path: Path, field: str) -> None:
    rows = open_rows(write_geojson(tmp_path / "a.geojson", [ROW, (" e06000002 ", ROW[1])], field=field))
    assert rows.codes == ["E06000001", "E06000002"]
    assert shapely.from_wkb(rows.geometries[0]).equals(shapely.box(-1, 52, -0.9, 52.1))
    assert rows.crs == "EPSG:4326"


def test_the_field_of_the_ons_goes_before_one_called_code(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [ROW])
    collection = json.loads(path.read_text())
    collection["features"][0]["properties"]["code"] = "something else"
    path.write_text(json.dumps(collection))
    assert open_rows(path).codes == ["E06000001"]


def test_reads_topojson(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    geometry = {"type": "Polygon", "arcs": [[0]], "properties": {"code": "E06000001"}}
    objects = {"any": {"type": "GeometryCollection", "geometries": [geometry]}}
    path.write_text(json.dumps({"type": "Topology", "arcs": [square(-1, 52)], "objects": objects}))
    rows = open_rows(path)
    assert rows.codes == ["E06000001"]
    assert shapely.from_wkb(rows.geometries[0]).equals(shapely.box(-1, 52, -0.9, 52.1))


def test_reads_a_shapefile(shapefile: Path) -> None:
    rows = open_rows(shapefile)
    assert rows.codes == ["E06000001", "E06000002"]
    assert rows.crs == "EPSG:27700"


@pytest.mark.parametrize("folder", ["", "in a folder/"])
def test_reads_a_zipped_shapefile(shapefile: Path, folder: str) -> None:
    rows = open_rows(zipped(shapefile, folder=folder))
    assert rows.codes == ["E06000001", "E06000002"]
    assert shapely.from_wkb(rows.geometries[0]).area > 0


def test_reads_a_geopackage(tmp_path: Path) -> None:
    shapes = np.array([shapely.box(-1, 52, -0.9, 52.1)])
    rows = open_rows(write_on_grid(tmp_path / "areas.gpkg", ["E06000001"], shapes, driver="GPKG"))
    assert rows.codes == ["E06000001"]
    assert rows.crs == "EPSG:27700"


def test_refuses_an_absent_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.geojson") == f"There is no file {tmp_path / 'none.geojson'}."


def test_refuses_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_refuses_a_name_that_cannot_be_one(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / ("n" * 300))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "areas.json is empty."),
        (b"Dear all, please find attached", "areas.json is not a boundary file; wanted is"),
        (b"<OGRVRTDataSource/>", "areas.json is not a boundary file; wanted is"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Fea', "areas.json cannot be read: it is damaged"),
        (b'{"a": 1}', "areas.json cannot be read: it is damaged or incomplete."),
        (b"SQLite format 3\0" + b"rubbish" * 500, "areas.json cannot be read: it is damaged or incomplete."),
        (b"PK\x03\x04rubbish", "areas.json cannot be unpacked: it is damaged or locked."),
        (b'{"type": "FeatureCollection", "features": []}', "areas.json has no areas in it."),
    ],
)
def test_refuses_what_is_no_sound_boundary_file(
    tmp_path: Path, content: bytes, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "areas.json"
    path.write_bytes(content)
    assert refusal(path).startswith(said)
    assert capfd.readouterr() == ("", "")


def test_refuses_the_json_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "areas.json"
    feature = {"attributes": {"code": "E06000001"}, "geometry": {"rings": [square(-1, 52)]}}
    fields = [{"name": "code", "type": "esriFieldTypeString"}]
    reference = {"wkid": 4326}
    kind = "esriGeometryPolygon"
    path.write_text(
        json.dumps({"geometryType": kind, "spatialReference": reference, "fields": fields, "features": [feature]})
    )
    assert refusal(path).startswith("areas.json is not a boundary file")


@pytest.mark.parametrize("part", [".dbf", ".shx"])
def test_refuses_a_shapefile_without_one_of_its_parts(shapefile: Path, part: str) -> None:
    said = f"The Shapefile areas.shp lacks its part {part}, which belongs beside it."
    assert refusal(zipped(shapefile, leave_out=part)) == said
    shapefile.with_suffix(part).unlink()
    assert refusal(shapefile) == said


def test_a_shapefile_without_prj_does_not_say_its_coordinates(shapefile: Path) -> None:
    shapefile.with_suffix(".prj").unlink()
    assert open_rows(shapefile).crs is None


@pytest.mark.parametrize("part", [".shp", ".dbf"])
def test_refuses_a_shapefile_that_was_cut_off(shapefile: Path, part: str) -> None:
    cut = shapefile.with_suffix(part)
    cut.write_bytes(cut.read_bytes()[:-40])
    assert refusal(shapefile) == "areas.shp cannot be read: it is damaged or incomplete."


def test_refuses_a_zip_that_was_changed_on_its_way(shapefile: Path) -> None:
    path = zipped(shapefile)
    with zipfile.ZipFile(path) as archive:
        begins = archive.getinfo("areas.shp").header_offset
    content = bytearray(path.read_bytes())
    content[begins + 100 : begins + 110] = b"0123456789"
    path.write_bytes(content)
    assert "cannot be unpacked" in refusal(path)


def test_refuses_a_zip_that_is_not_of_one_shapefile(shapefile: Path, tmp_path: Path) -> None:
    path = zipped(shapefile)
    for part in tmp_path.glob("areas.*"):
        shutil.copy(part, tmp_path / f"areas.again{part.suffix}")
    assert "holds 2" in refusal(zipped(shapefile))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    assert "holds 0" in refusal(path)


@pytest.mark.parametrize("field", ["LAD23CD", "WD23CD", "CTY23CD"])
def test_says_which_level_is_wanted_instead(tmp_path: Path, field: str) -> None:
    said = refusal(write_geojson(tmp_path / "a.geojson", [ROW], field=field))
    assert said.startswith(f"a.geojson holds another level of areas ({field}); wanted are counties and unitary")


def test_refuses_a_file_without_a_field_of_codes(tmp_path: Path) -> None:
    said = refusal(write_geojson(tmp_path / "a.geojson", [ROW], field="gss"))
    assert said == "a.geojson has no field of GSS codes, such as CTYUA23CD."


def test_refuses_two_fields_of_codes(tmp_path: Path) -> None:
    path = write_geojson(tmp_path / "a.geojson", [ROW])
    path.write_text(path.read_text().replace('"CTYUA23CD"', '"UTLA22CD": "E06000001", "CTYUA23CD"'))
    assert "CTYUA23CD, UTLA22CD" in refusal(path)


def test_refuses_a_table_without_shapes(tmp_path: Path) -> None:
    path = tmp_path / "table.gpkg"
    pyogrio.raw.write(
        str(path), None, [np.array(["E06000001"], dtype=object)], ["code"], geometry_type=None, driver="GPKG"
    )
    assert refusal(path) == "table.gpkg has no shapes in it."
