fn main() {
    print!("{}", dealgraph::schema::sdl());
}
